import { hubbleUiName, systemNamespace } from "../../platform/names";
import { Failure } from "../command/failure";
import type { Kubernetes } from "../kubernetes/clients";
import { notAllowed } from "../kubernetes/failure";
import { ifObjectExists, isReady } from "../kubernetes/objects";
import { portForwardVerbs } from "../kubernetes/port-forward";

/** Throws a Failure if the caller has no right to forward ports: without it, each connection would fail by itself. */
export async function expectForwardRights({ authorization }: Kubernetes): Promise<void> {
  const reviews = portForwardVerbs.map(async (verb) => {
    const resourceAttributes = { namespace: systemNamespace, verb, resource: "pods", subresource: "portforward" };
    const { status } = await authorization.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes } } });
    return status?.allowed ? [] : [verb];
  });
  const missing = (await Promise.all(reviews)).flat();
  if (missing.length > 0) {
    throw notAllowed(`${missing.join(" and ")} pods/portforward in ${systemNamespace}`);
  }
}

/** Returns the names of the UI's pods that take requests; throws a Failure if there is none. */
export async function readyPods({ core, apps }: Kubernetes): Promise<readonly string[]> {
  const selector = `k8s-app=${hubbleUiName}`;
  const { items } = await core.listNamespacedPod({ namespace: systemNamespace, labelSelector: selector });
  const ready = items
    .filter((pod) => isReady(pod) && !pod.metadata?.deletionTimestamp)
    .map(({ metadata }) => metadata?.name ?? "");
  if (ready.length > 0) {
    return ready;
  }
  const deployment = await ifObjectExists(
    apps.readNamespacedDeployment({ namespace: systemNamespace, name: hubbleUiName }),
  );
  throw deployment
    ? new Failure(
        "nothing there",
        `no pod of ${hubbleUiName} is ready`,
        `kubectl --namespace ${systemNamespace} describe pods --selector ${selector}`,
      )
    : new Failure(
        "nothing there",
        `there is no Deployment ${systemNamespace}/${hubbleUiName}`,
        "Cilium was never installed, or without Hubble's UI: plan the bootstrap stack",
      );
}
