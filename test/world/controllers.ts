import { setTimeout } from "node:timers/promises";
import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  EC2Client,
  type Filter,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { EKSClient, ListNodegroupsCommand } from "@aws-sdk/client-eks";
import { DeleteLoadBalancerCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";

import { connect } from "../../operations/connection";
import type { ClusterObject, ObjectClient, ObjectKind } from "../../operations/kubernetes/objects";
import type { Cluster } from "../../schema/settings";
import type { Kubectl, KubernetesObject } from "./kubectl";

export const cleanup = "service.kubernetes.io/load-balancer-cleanup";
export const termination = "karpenter.sh/termination";
export const classTermination = "karpenter.k8s.aws/termination";

/** Names, as annotations of a Service, of what was made for it. */
export const made = { loadBalancer: "world/load-balancer", securityGroup: "world/security-group" };

const kinds = {
  service: { apiVersion: "v1", kind: "Service" },
  node: { apiVersion: "v1", kind: "Node" },
  kustomization: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  deployment: { apiVersion: "apps/v1", kind: "Deployment" },
  pool: { apiVersion: "karpenter.sh/v1", kind: "NodePool" },
  claim: { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" },
  volume: { apiVersion: "v1", kind: "PersistentVolume" },
  nodeClass: { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" },
} satisfies Readonly<Record<string, ObjectKind>>;

/** What controllers would do as objects go, and no more: EBS's, EKS's, Karpenter's, Flux's, and EKS itself with a node group's machines. */
export interface Controllers {
  /** Those named here do nothing for now. */
  readonly asleep: Set<"ebs" | "eks" | "machines" | "karpenter" | "flux">;
  stop(): Promise<void>;
}

/** @param kept - what Flux puts back */
export async function startControllers(
  settings: Cluster,
  kubectl: Kubectl,
  kept: readonly KubernetesObject[],
): Promise<Controllers> {
  const { objects } = await connect(settings, () => {}).kubernetes();
  const asleep: Controllers["asleep"] = new Set();
  const ending = new AbortController();
  const reactions = {
    ebs: () => ebs(objects),
    eks: () => eks(objects, settings),
    machines: () => machines(settings),
    karpenter: () => karpenter(objects, settings),
    flux: () => flux(objects, kubectl, kept),
  };
  const loop = async () => {
    while (!ending.signal.aborted) {
      for (const [name, react] of Object.entries(reactions)) {
        if (!asleep.has(name as keyof typeof reactions)) {
          // As controllers do: what fails is tried again.
          await react().catch(() => undefined);
        }
      }
      await setTimeout(300);
    }
  };
  const running = loop();
  return {
    asleep,
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

async function going(objects: ObjectClient, kind: ObjectKind, finalizer: string): Promise<ClusterObject[]> {
  const found = await objects.list(kind);
  return found.filter(({ metadata }) => metadata?.deletionTimestamp && metadata.finalizers?.includes(finalizer));
}

async function letGo(objects: ObjectClient, object: ClusterObject, finalizer: string): Promise<void> {
  const finalizers = object.metadata?.finalizers?.filter((name) => name !== finalizer);
  await objects.patch(object, { metadata: { finalizers } });
}

/** The driver's provisioner, when Kubernetes has let go of a volume's claim. */
async function ebs(objects: ObjectClient): Promise<void> {
  for (const volume of await objects.list(kinds.volume)) {
    if (volume.status?.["phase"] === "Released") {
      await objects.remove(volume);
    }
  }
}

async function eks(objects: ObjectClient, { region }: Cluster): Promise<void> {
  for (const service of await going(objects, kinds.service, cleanup)) {
    const { annotations = {} } = service.metadata ?? {};
    const LoadBalancerName = annotations[made.loadBalancer];
    await new ElasticLoadBalancingClient({ region }).send(new DeleteLoadBalancerCommand({ LoadBalancerName }));
    await letGo(objects, service, cleanup);
    const GroupId = annotations[made.securityGroup];
    await new EC2Client({ region }).send(new DeleteSecurityGroupCommand({ GroupId }));
  }
}

/** EKS ends a node group's machines with it, and EC2 a machine's interfaces with the machine. */
async function machines({ region, name }: Cluster): Promise<void> {
  const ec2 = new EC2Client({ region });
  const find = async (Filters: Filter[]) => {
    const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap(({ Instances = [] }) => Instances);
  };
  const eks = new EKSClient({ region });
  const listed = await eks.send(new ListNodegroupsCommand({ clusterName: name })).catch(() => undefined);
  if ((listed?.nodegroups ?? []).length === 0) {
    const left = await find([
      { Name: "tag:eks:cluster-name", Values: [name] },
      { Name: "instance-state-name", Values: ["running"] },
    ]);
    if (left.length > 0) {
      await ec2.send(new TerminateInstancesCommand({ InstanceIds: left.map(({ InstanceId = "" }) => InstanceId) }));
    }
  }
  const ended = await find([{ Name: "instance-state-name", Values: ["terminated"] }]);
  for (const { NetworkInterfaceId } of ended.flatMap(({ NetworkInterfaces = [] }) => NetworkInterfaces)) {
    const Filters = [{ Name: "network-interface-id", Values: [NetworkInterfaceId ?? ""] }];
    const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
    if (NetworkInterfaces.length > 0) {
      await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
    }
  }
}

async function karpenter(objects: ObjectClient, { region }: Cluster): Promise<void> {
  for (const claim of await going(objects, kinds.claim, termination)) {
    const { providerID, nodeName } = claim.status as { providerID: string; nodeName: string };
    const InstanceIds = [providerID.split("/").at(-1) ?? ""];
    await new EC2Client({ region }).send(new TerminateInstancesCommand({ InstanceIds }));
    await objects.remove({ ...kinds.node, metadata: { name: nodeName } });
    await letGo(objects, claim, termination);
  }
  if ((await objects.list(kinds.claim)).length === 0) {
    for (const nodeClass of await going(objects, kinds.nodeClass, classTermination)) {
      await letGo(objects, nodeClass, classTermination);
    }
  }
}

async function flux(objects: ObjectClient, kubectl: Kubectl, kept: readonly KubernetesObject[]): Promise<void> {
  const controllers = await objects.list(kinds.deployment, "app=kustomize-controller");
  const following = (await objects.list(kinds.kustomization)).filter(({ spec }) => spec?.["suspend"] !== true);
  if (controllers.length > 0 && following.length > 0) {
    const pools = await objects.list(kinds.pool);
    const gone = kept.filter(({ metadata: { name } }) => !pools.some(({ metadata }) => metadata?.name === name));
    if (gone.length > 0) {
      await kubectl.put(gone);
    }
  }
}
