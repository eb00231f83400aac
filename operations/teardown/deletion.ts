import { type ClusterObject, conditionOf, type ObjectClient } from "../kubernetes/objects";
import type { Thing } from "./step";

type Finalizers = Readonly<Record<string, string>>;

/** Who takes a finalizer off, in the control plane, which runs as long as there is an API. */
const ofControlPlane: Finalizers = {
  foregroundDeletion: "Kubernetes deletes first what depends on it",
  "kubernetes.io/pv-protection": "a claim is bound to it",
  "kubernetes.io/pvc-protection": "a pod uses it: delete that one, and what makes it",
  "service.kubernetes.io/load-balancer-cleanup": "EKS deletes its load balancer",
};

/** Who does, in the cluster, as all others do. */
const ofControllers: Finalizers = {
  "external-attacher/ebs-csi-aws-com": "the EBS driver detaches its disk",
  "external-provisioner.volume.kubernetes.io/finalizer": "the EBS driver deletes its disk",
  "finalizers.fluxcd.io": "Flux",
  "ingress.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "karpenter.k8s.aws/termination": "Karpenter, when no node uses it",
  "karpenter.sh/termination": "Karpenter drains and terminates its node",
  "service.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
};

const known: Finalizers = { ...ofControlPlane, ...ofControllers };

/** Whether there is somebody in the cluster to take finalizers off. */
export type Controller = "runs" | "is gone";

/**
 * An object that shall be deleted, and that others may have to let go.
 * @param controller - without it, the object is let go here, and what it stood for is found by its tags
 */
export function deletion(objects: ObjectClient, object: ClusterObject, controller: Controller = "runs"): Thing {
  const { metadata: { deletionTimestamp, finalizers = [] } = {} } = object;
  const name = nameOf(object);
  if (deletionTimestamp === undefined) {
    return { name, held: undefined, act: () => objects.remove(object) };
  }
  const words = finalizers.map((one) => (known[one] === undefined ? one : `${one} (${known[one]})`));
  const held = finalizers.length > 0 ? `finalizer ${words.join(", ")}` : undefined;
  const others = finalizers.filter((one) => ofControlPlane[one] !== undefined);
  if (controller === "runs" || others.length === finalizers.length) {
    return { name, held, act: undefined };
  }
  const act = () => objects.patch(object, { metadata: { finalizers: others } });
  return { name: `${name}, which nobody lets go: its ${held} is taken off`, held, act };
}

/** Minutes after which nobody waits for what runs in the cluster to come back: while nodes drain, it may move. */
const patience = 5;

/** Whether a condition of an object has not held for so long that nobody waits for it any more. */
export function isLost(type: string, object: ClusterObject): boolean {
  const found = conditionOf(object, type);
  const since = new Date(found?.lastTransitionTime ?? "").getTime();
  return found !== undefined && found.status !== "True" && Date.now() - since > patience * 60_000;
}

/** Whether anything can run in the cluster: without a node, no controller does. */
export async function controllersIn(objects: ObjectClient): Promise<Controller> {
  const nodes = await objects.list({ apiVersion: "v1", kind: "Node" });
  return nodes.every((node) => isLost("Ready", node)) ? "is gone" : "runs";
}

/** `Service default/web`. */
export function nameOf({ kind, metadata: { namespace, name } }: ClusterObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
