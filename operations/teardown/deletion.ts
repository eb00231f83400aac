import type { Found, Objects } from "./objects";
import type { Thing } from "./step";

/** Who takes a finalizer off. */
const finalizers: Readonly<Record<string, string>> = {
  "finalizers.fluxcd.io": "Flux",
  foregroundDeletion: "Kubernetes deletes first what depends on it",
  "ingress.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "karpenter.k8s.aws/termination": "Karpenter, when no node uses it",
  "karpenter.sh/termination": "Karpenter drains and terminates its node",
  "kubernetes.io/pv-protection": "a claim is bound to it",
  "kubernetes.io/pvc-protection": "a pod uses it: delete that one, and what makes it",
  "service.k8s.aws/resources": "the AWS Load Balancer Controller deletes its load balancer",
  "service.kubernetes.io/load-balancer-cleanup": "EKS deletes its load balancer",
};

/** Whether there is somebody to take finalizers off. */
export type Controller = "runs" | "is gone";

/**
 * An object that shall be deleted, and that others may have to let go.
 * @param controller - without it, the object is let go here, and what it stood for is found by its tags
 */
export function deletion(objects: Objects, object: Found, controller: Controller = "runs"): Thing {
  const { metadata: { deletionTimestamp, finalizers: kept = [] } = {} } = object;
  const words = kept.map((name) => (finalizers[name] === undefined ? name : `${name} (${finalizers[name]})`));
  const name = nameOf(object);
  const held = kept.length > 0 ? `finalizer ${words.join(", ")}` : undefined;
  if (deletionTimestamp === undefined) {
    return { name, held, act: () => objects.remove(object) };
  }
  const act = controller === "runs" ? undefined : () => objects.patch(object, { metadata: { finalizers: [] } });
  return { name: act ? `${name}, which nobody lets go: its ${held} is taken off` : name, held, act };
}

/** `Service default/web`. */
export function nameOf({ kind, metadata: { namespace, name } = {} }: Found): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
