import type { Stacks } from "./stacks";
import type { Step } from "./step";
import { awaitCreation } from "./steps/await-creation";
import { findRelease } from "./steps/cilium-release";
import { switchOffProtection } from "./steps/deletion-protection";
import { destroyStack } from "./steps/destroy-stack";
import { suspendFlux, uninstallFlux } from "./steps/flux";
import { deleteNodeClasses, deleteNodePools, terminateInstances } from "./steps/karpenter";
import { deleteLaunchTemplates } from "./steps/launch-templates";
import { leaveNetwork } from "./steps/leave-network";
import { deleteLeftovers } from "./steps/leftovers/delete-leftovers";
import { deleteLoadBalancerObjects } from "./steps/load-balancer-objects";
import { deleteLoadBalancers } from "./steps/load-balancers";
import { deleteLogGroup } from "./steps/log-group";
import { emptyNetwork } from "./steps/network";
import { deleteInterfaces } from "./steps/network-interfaces";
import { deleteSecurityGroups } from "./steps/security-groups";
import { deleteVolumes } from "./steps/volumes";

/** What decides which steps there are. */
export interface StepsInOrderProps {
  readonly cluster: "creating" | "with node groups" | "without node groups" | "gone";
  /** Whether the Kubernetes API can be asked. */
  readonly api: boolean;
  /** Whether PersistentVolumeClaims are deleted. */
  readonly volumes: boolean;
  readonly disableDeletionProtection: boolean;
  /** Whether the stack made the network, which goes with it, or it was there before, and stays. */
  readonly network: "made" | "existing";
  /** Undefined for those who destroy the stacks elsewhere. */
  readonly stacks: Stacks | undefined;
}

/** Returns the steps of a teardown, in the order in which they are run. */
export function stepsInOrder(props: StepsInOrderProps): readonly Step[] {
  const { cluster, stacks } = props;
  const first = [
    ...(cluster === "creating" ? [awaitCreation] : []),
    ...(props.disableDeletionProtection ? [switchOffProtection] : []),
    ...(props.api ? stepsInside(props) : []),
  ];
  // Controllers that nobody can ask to stop would make load balancers and instances again, until their nodes are gone.
  const orphaned = props.api ? [] : [deleteLoadBalancers, terminateInstances];
  const afterNodes = [
    ...(props.api ? [findRelease(stacks)] : []),
    ...orphaned,
    deleteInterfaces,
    deleteLaunchTemplates,
    deleteLeftovers("bootstrap", stacks),
  ];
  const afterCluster = [deleteLeftovers("cluster", stacks), deleteSecurityGroups];
  const network = props.network === "made" ? [emptyNetwork, deleteLeftovers("network", stacks)] : [leaveNetwork];
  if (stacks) {
    return [
      ...first,
      destroyStack("bootstrap", stacks),
      ...afterNodes,
      destroyStack("cluster", stacks),
      ...afterCluster,
      ...network,
      destroyStack("network", stacks),
      deleteLogGroup,
    ];
  }
  return [
    ...first,
    ...(cluster === "with node groups" ? [] : afterNodes),
    ...(cluster === "gone" ? [...afterCluster, ...network.slice(-1), deleteLogGroup] : []),
  ];
}

/** Returns the steps that need the API: they end what controllers have made before the controllers go. */
function stepsInside({ volumes }: StepsInOrderProps): readonly Step[] {
  return [
    suspendFlux,
    deleteLoadBalancerObjects,
    ...(volumes ? [deleteVolumes] : []),
    deleteLoadBalancers,
    deleteNodePools,
    terminateInstances,
    deleteNodeClasses,
    uninstallFlux,
  ];
}
