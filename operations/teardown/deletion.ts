import { type ClusterObject, conditionOf, type ObjectClient, qualifiedName } from "../kubernetes/objects";
import type { Obstacle } from "./step";

/** What each finalizer waits for. */
type Finalizers = Readonly<Record<string, string>>;

/** Finalizers that the control plane takes off, even when no node is left. */
const controlPlaneFinalizers: Finalizers = {
  foregroundDeletion: "Kubernetes deletes first what depends on it",
  "kubernetes.io/pv-protection": "a claim is bound to it",
  "kubernetes.io/pvc-protection": "a pod uses it: delete that one, and what makes it",
  "service.kubernetes.io/load-balancer-cleanup": "EKS deletes its load balancer",
};

/** Finalizers that controllers in the cluster take off, as they do all that are not listed here. */
const controllerFinalizers: Finalizers = {
  "external-attacher/ebs-csi-aws-com": "the EBS driver detaches its disk",
  "external-provisioner.volume.kubernetes.io/finalizer": "the EBS driver deletes its disk",
  "finalizers.fluxcd.io": "Flux",
  "ingress.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "karpenter.k8s.aws/termination": "Karpenter, when no node uses it",
  "karpenter.sh/termination": "Karpenter drains and terminates its node",
  "service.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
};

const knownFinalizers: Finalizers = { ...controlPlaneFinalizers, ...controllerFinalizers };

/** Whether the controller of an object still runs, so that it takes its finalizers off. */
export type ControllerState = "runs" | "is gone";

/**
 * Returns an object as an obstacle: first it is deleted, then its finalizers are waited for.
 * @param controller - if it is gone, its finalizers are taken off here; later steps find by tags what it would have deleted
 */
export function deletion(objects: ObjectClient, object: ClusterObject, controller: ControllerState = "runs"): Obstacle {
  const {
    metadata: { deletionTimestamp, finalizers = [] },
  } = object;
  const name = kindAndName(object);
  if (deletionTimestamp === undefined) {
    return { name, heldBy: undefined, clear: () => objects.remove(object) };
  }
  const heldBy = finalizers.length > 0 ? `finalizer ${finalizers.map(finalizerText).join(", ")}` : undefined;
  const remaining = finalizers.filter((finalizer) => controlPlaneFinalizers[finalizer] !== undefined);
  if (controller === "runs" || remaining.length === finalizers.length) {
    return { name, heldBy, clear: undefined };
  }
  const clear = () => objects.patch(object, { metadata: { finalizers: remaining } });
  return { name: `${name}, which nobody lets go: its ${heldBy} is taken off`, heldBy, clear };
}

/** Returns a finalizer with what it waits for, if that is known. */
function finalizerText(finalizer: string): string {
  const reason = knownFinalizers[finalizer];
  return reason === undefined ? finalizer : `${finalizer} (${reason})`;
}

/** After this time teardown does not wait for a controller or node to come back. Draining may move a controller to another node. */
const lostAfterMinutes = 5;

/** Returns whether a condition of an object has been other than `True` for so long that nobody waits for it any more. */
export function isLost(type: string, object: ClusterObject): boolean {
  const found = conditionOf(object, type);
  const since = new Date(found?.lastTransitionTime ?? "").getTime();
  return found !== undefined && found.status !== "True" && Date.now() - since > lostAfterMinutes * 60_000;
}

/** Returns whether controllers can run in the cluster: without a ready node, none does. */
export async function controllerState(objects: ObjectClient): Promise<ControllerState> {
  const nodes = await objects.list({ apiVersion: "v1", kind: "Node" });
  return nodes.every((node) => isLost("Ready", node)) ? "is gone" : "runs";
}

/** Returns the kind of an object with its name: `Service default/web`. */
export function kindAndName(object: ClusterObject): string {
  return `${object.kind} ${qualifiedName(object)}`;
}
