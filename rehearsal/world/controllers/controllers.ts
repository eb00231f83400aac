import { setTimeout } from "node:timers/promises";
import { DeleteSecurityGroupCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DeleteLoadBalancerCommand, ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";

import type { ClusterObject, ObjectClient, ObjectKind } from "../../../operations/kubernetes/objects";
import type { Cluster } from "../../../schema/settings";
import type { AwsAccess } from "../aws-access";
import { karpenterFinalizer, nodeClassFinalizer, serviceFinalizer } from "../finalizers";
import type { Kubectl, KubernetesObject } from "../kubectl";
import { Machines } from "../machines";
import { NodeGroups } from "./node-groups";

/** Names, as annotations of a Service, of what was made for it. */
export const made = { loadBalancer: "world/load-balancer", securityGroup: "world/security-group" };

const kinds = {
  service: { apiVersion: "v1", kind: "Service" },
  node: { apiVersion: "v1", kind: "Node" },
  ciliumNode: { apiVersion: "cilium.io/v2", kind: "CiliumNode" },
  kustomization: { apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization" },
  deployment: { apiVersion: "apps/v1", kind: "Deployment" },
  pool: { apiVersion: "karpenter.sh/v1", kind: "NodePool" },
  claim: { apiVersion: "karpenter.sh/v1", kind: "NodeClaim" },
  volume: { apiVersion: "v1", kind: "PersistentVolume" },
  nodeClass: { apiVersion: "karpenter.k8s.aws/v1", kind: "EC2NodeClass" },
} satisfies Readonly<Record<string, ObjectKind>>;

/** Controllers that do, as objects come and go, what those of EKS, EBS, Karpenter and Flux would, and no more. */
export interface Controllers {
  /** Those named here do nothing for now. */
  readonly asleep: Set<"ebs" | "eks" | "karpenter" | "flux" | "nodes">;
  stop(): Promise<void>;
}

export interface ControllersProps {
  readonly cluster: Cluster;
  /** Of the cluster's administrator. */
  readonly kubectl: Kubectl;
  readonly access: AwsAccess;
  /** Returns what Flux puts back. */
  readonly kept: () => readonly KubernetesObject[];
  /**
   * Milliseconds between two looks.
   * @default 300
   */
  readonly interval?: number;
  /**
   * Is told of what will be tried again.
   * @default - nobody is
   */
  readonly onFailure?: (controller: string, thrown: unknown) => void;
}

export function startControllers(props: ControllersProps): Controllers {
  const { cluster, kubectl, access, kept, interval = 300, onFailure = () => {} } = props;
  const objects = kubectl.objects();
  const machines = new Machines(cluster, access);
  const nodeGroups = new NodeGroups(cluster, objects, kubectl, access);
  const asleep: Controllers["asleep"] = new Set();
  const ending = new AbortController();
  const reactions = {
    ebs: () => ebs(objects),
    eks: () => eks(objects, access),
    nodes: () => nodeGroups.reconcile(),
    karpenter: () => karpenter(objects, machines),
    flux: () => flux(objects, kubectl, kept()),
  };
  const loop = async () => {
    while (!ending.signal.aborted) {
      for (const [name, react] of Object.entries(reactions)) {
        if (!asleep.has(name as keyof typeof reactions)) {
          // As controllers do: what fails is tried again.
          await react().catch((thrown) => onFailure(name, thrown));
        }
      }
      await setTimeout(interval);
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

async function eks(objects: ObjectClient, access: AwsAccess): Promise<void> {
  for (const service of await going(objects, kinds.service, serviceFinalizer)) {
    const { annotations = {} } = service.metadata ?? {};
    const LoadBalancerName = annotations[made.loadBalancer];
    await new ElasticLoadBalancingClient(access).send(new DeleteLoadBalancerCommand({ LoadBalancerName }));
    await letGo(objects, service, serviceFinalizer);
    const GroupId = annotations[made.securityGroup];
    await new EC2Client(access).send(new DeleteSecurityGroupCommand({ GroupId }));
  }
}

async function karpenter(objects: ObjectClient, machines: Machines): Promise<void> {
  for (const claim of await going(objects, kinds.claim, karpenterFinalizer)) {
    const { providerID, nodeName } = claim.status as { providerID: string; nodeName: string };
    await machines.terminate([providerID.split("/").at(-1) ?? ""]);
    await objects.remove({ ...kinds.node, metadata: { name: nodeName } });
    await objects.remove({ ...kinds.ciliumNode, metadata: { name: nodeName } });
    await letGo(objects, claim, karpenterFinalizer);
  }
  if ((await objects.list(kinds.claim)).length === 0) {
    for (const nodeClass of await going(objects, kinds.nodeClass, nodeClassFinalizer)) {
      await letGo(objects, nodeClass, nodeClassFinalizer);
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
