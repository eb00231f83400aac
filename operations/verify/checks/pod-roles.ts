import type { V1Pod } from "@kubernetes/client-node";

import { ciliumOperatorName, karpenterNamespace, systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { broken, type Check, holds } from "../check";
import type { Snapshot } from "../snapshot";
import { sentenceOf } from "../wording";
import { selectedPods } from "../workload";

/** The Deployments whose pods have a role in AWS by their service account. */
const deploymentsWithRole = [
  { namespace: systemNamespace, name: ciliumOperatorName },
  { namespace: karpenterNamespace, name: karpenterNamespace },
] as const;

/** By this variable a pod asks AWS as its role; without it, it has no rights there, or those of its node. */
const roleVariable = "AWS_ROLE_ARN";

export const podRoles: Check = {
  id: "pod-roles",
  title: "roles of pods in AWS",
  async run(snapshot) {
    const found = await Promise.all(
      deploymentsWithRole.map(async (deployment) => {
        const pods = await podsOf(snapshot, deployment);
        return { ...deployment, pods, without: pods.filter((pod) => !hasRole(pod)) };
      }),
    );
    const wrong = found.find(({ without }) => without.length > 0);
    if (wrong) {
      const names = wrong.without.map(({ metadata }) => metadata?.name ?? "");
      return broken(
        sentenceOf(names, `has no ${roleVariable}`, `have no ${roleVariable}`),
        "made before EKS knew the role of the service account, and EKS sets it when a pod is made (aws/containers-roadmap#2679)",
        `kubectl --namespace ${wrong.namespace} rollout restart deployment/${wrong.name}`,
      );
    }
    if (found.every(({ pods }) => pods.length === 0)) {
      throw new Failure("nothing there", "there is no pod that should have one", "see Cilium's operator and Karpenter");
    }
    return holds(`${found.map(({ pods, name }) => `${pods.length} of ${name}`).join(" and ")} have theirs`);
  },
};

async function podsOf(
  snapshot: Snapshot,
  { namespace, name }: (typeof deploymentsWithRole)[number],
): Promise<readonly V1Pod[]> {
  const deployment = (await snapshot.deployments(namespace)).find(({ metadata }) => metadata?.name === name);
  const pods = deployment ? await selectedPods(snapshot, namespace, deployment) : [];
  return pods.filter(({ metadata }) => !metadata?.deletionTimestamp);
}

function hasRole({ spec }: V1Pod): boolean {
  return (spec?.containers ?? []).some(({ env = [] }) => env.some(({ name }) => name === roleVariable));
}
