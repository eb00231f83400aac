import { systemNamespace as namespace } from "../../platform/names";
import { Failure } from "../command/failure";
import type { Kubernetes } from "../kubernetes/clients";
import { ifObjectExists, isReady } from "../kubernetes/objects";
import { portForwardVerbs } from "../kubernetes/port-forward";

const deployment = "hubble-ui";

/** Where the UI's web server listens, as Cilium's chart has it. */
export const webPort = 8081;

/** Throws what keeps somebody from forwarding, if anything does. */
export async function mayForward({ authorization }: Kubernetes): Promise<void> {
  const asked = portForwardVerbs.map(async (verb) => {
    const resourceAttributes = { namespace, verb, resource: "pods", subresource: "portforward" };
    const { status } = await authorization.createSelfSubjectAccessReview({ body: { spec: { resourceAttributes } } });
    return status?.allowed ? [] : [verb];
  });
  const missing = (await Promise.all(asked)).flat();
  if (missing.length > 0) {
    throw new Failure(
      "forbidden",
      `the cluster does not let you ${missing.join(" and ")} pods/portforward in ${namespace}`,
      "use the credentials of one of admins, or have your access entry allow it",
    );
  }
}

/** The pods of Hubble's UI that take requests, by name. */
export async function readyPods({ core, apps }: Kubernetes): Promise<readonly string[]> {
  const { items } = await core.listNamespacedPod({ namespace, labelSelector: `k8s-app=${deployment}` });
  const ready = items
    .filter((pod) => isReady(pod) && !pod.metadata?.deletionTimestamp)
    .map(({ metadata }) => metadata?.name ?? "");
  if (ready.length > 0) {
    return ready;
  }
  const installed = await ifObjectExists(apps.readNamespacedDeployment({ namespace, name: deployment }));
  throw installed
    ? new Failure(
        "nothing there",
        `no pod of ${deployment} is ready`,
        `kubectl --namespace ${namespace} describe pods --selector k8s-app=${deployment}`,
      )
    : new Failure(
        "nothing there",
        `there is no Deployment ${namespace}/${deployment}`,
        "Cilium was never installed, or without Hubble's UI: plan the bootstrap stack",
      );
}
