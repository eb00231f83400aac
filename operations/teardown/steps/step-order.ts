import type { Step } from "../step";
import { awaitCluster } from "./creation";
import { destroyStack } from "./destroy-stack";
import { deleteEntrances } from "./entrances";
import { suspendFlux, uninstallFlux } from "./flux";
import { deleteNodeClasses, deleteNodePools, terminateInstances } from "./karpenter";
import { deleteInterfaces, deleteLaunchTemplates, deleteLogGroup, deleteSecurityGroups } from "./leftovers";
import { deleteLoadBalancers } from "./load-balancers";
import { emptyNetwork } from "./network";
import { disableProtection } from "./protection";
import type { TerraformProps } from "./terraform-stack";
import { deleteVolumes } from "./volumes";

/** What there is at the start. */
export interface Situation {
  /** What there still is of the cluster in EKS. */
  readonly cluster: "being made" | "with nodes" | "without nodes" | "gone";
  /** Whether its API can be asked. */
  readonly api: boolean;
  /** Whether PersistentVolumeClaims go too. */
  readonly volumes: boolean;
  readonly disableDeletionProtection: boolean;
  /** Nothing for those who destroy elsewhere. */
  readonly terraform: TerraformProps | undefined;
}

/** All steps, in their order. */
export function stepsFor(situation: Situation): readonly Step[] {
  const { cluster, api, volumes, disableDeletionProtection, terraform } = situation;
  // While controllers live that nobody can ask to stop, they would make again what goes.
  const orphans = [deleteLoadBalancers, terminateInstances];
  const inside = [
    suspendFlux,
    deleteEntrances,
    ...(volumes ? [deleteVolumes] : []),
    deleteLoadBalancers,
    deleteNodePools,
    terminateInstances,
    deleteNodeClasses,
    uninstallFlux,
  ];
  const afterNodes = [...(api ? [] : orphans), deleteInterfaces, deleteLaunchTemplates];
  const afterCluster = [deleteSecurityGroups];
  const first = [
    ...(cluster === "being made" ? [awaitCluster] : []),
    ...(disableDeletionProtection ? [disableProtection] : []),
  ];
  if (!terraform) {
    return [
      ...first,
      ...(api ? inside : []),
      ...(cluster === "with nodes" ? [] : afterNodes),
      ...(cluster === "gone" ? [...afterCluster, deleteLogGroup] : []),
    ];
  }
  return [
    ...first,
    ...(api ? inside : []),
    destroyStack("bootstrap", terraform),
    ...afterNodes,
    destroyStack("cluster", terraform),
    ...afterCluster,
    emptyNetwork,
    destroyStack("network", terraform),
    deleteLogGroup,
  ];
}
