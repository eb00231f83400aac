import type { Kubectl } from "./kubectl";
import { claim } from "./platform-objects";

/** By which EKS holds a Service until its load balancer is gone (Kubernetes, "Garbage collecting load balancers"). */
export const serviceFinalizer = "service.kubernetes.io/load-balancer-cleanup";
/** By which Karpenter holds NodeClaims and Nodes until their instance is gone, and NodePools until their NodeClaims are. */
export const karpenterFinalizer = "karpenter.sh/termination";
/** By which Karpenter holds an EC2NodeClass until no NodeClaim uses it. */
export const nodeClassFinalizer = "karpenter.k8s.aws/termination";
/** By which Flux holds what it manages until it has pruned. */
const fluxFinalizer = "finalizers.fluxcd.io";

/** Has controllers hold what they would: objects are held only after all are written, so that they can be written again. */
export async function addFinalizers(kubectl: Kubectl): Promise<void> {
  await addFinalizer(kubectl, `nodeclaim/${claim}`, karpenterFinalizer);
  await addFinalizer(kubectl, "ec2nodeclass/default", nodeClassFinalizer);
  await addFinalizer(kubectl, "kustomization/karpenter-nodepools --namespace=flux-system", fluxFinalizer);
}

export async function addFinalizer(kubectl: Kubectl, object: string, finalizer: string): Promise<void> {
  const patch = JSON.stringify({ metadata: { finalizers: [finalizer] } });
  await kubectl.run(["patch", ...object.split(" "), "--type=merge", `--patch=${patch}`]);
}
