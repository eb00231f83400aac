import type { Release } from "../../../../releases/release";
import { type ClusterObject, qualifiedName } from "../../../kubernetes/objects";
import { broken, type Check, type CheckOutcome, holds, warning } from "../../../verify/check";
import type { Snapshot } from "../../../verify/snapshot";
import { counted, namesText } from "../../../verify/wording";
import { targetOf } from "../target";

interface DisruptionBudget extends ClusterObject {
  /** @default - the controller has not looked at it yet */
  readonly status?: { readonly disruptionsAllowed: number | undefined; readonly expectedPods: number | undefined };
}

/**
 * Where only Bottlerocket changes, EKS waits a quarter of an hour for a pod that may not be evicted, and then gives up the node group's
 * update (EKS user guide, "PodEvictionFailure"); a group that is replaced is gone after five minutes, with what was on it (docs/upgrades.md).
 * @param next - the release that is ahead; undefined if there is none
 */
export function disruptionBudgets(next: Release | undefined): Check {
  return { id: "disruption-budgets", title: "disruption budgets", run: (snapshot) => checkBudgets(snapshot, next) };
}

async function checkBudgets(snapshot: Snapshot, next: Release | undefined): Promise<CheckOutcome> {
  const { upgradesKubernetes } = await targetOf(snapshot, next);
  const budgets = (await snapshot.customObjects("poddisruptionbudgets.v1.policy")) as readonly DisruptionBudget[];
  const closed = budgets.filter(
    ({ status }) => (status?.expectedPods ?? 0) > 0 && (status?.disruptionsAllowed ?? 0) === 0,
  );
  const [first] = closed;
  if (!first) {
    return holds(`${counted(budgets.length, "budget")}, none without a disruption that it allows`);
  }
  const { namespace, name } = first.metadata;
  return broken(
    `${namesText(closed.map(qualifiedName))}: no pod may be evicted`,
    `too few of its pods are ready, or it allows none to be away at all: ${
      upgradesKubernetes
        ? "with the old node group they are ended after five minutes all the same, and Karpenter waits for them"
        : "nodes with them are not drained, and EKS gives up"
    }`,
    `kubectl --namespace ${namespace} describe poddisruptionbudget ${name}`,
  );
}

export const podsWithoutController: Check = {
  id: "pods-without-controller",
  title: "pods without a controller",
  async run(snapshot) {
    const pods = await snapshot.podsWithoutController();
    const [first] = pods;
    const names = pods.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
    return first
      ? warning(
          `${namesText(names)}: nobody makes ${pods.length === 1 ? "it" : "them"} again`,
          "somebody made the pod by hand: it is lost when its node is replaced",
          `kubectl --namespace ${first.metadata?.namespace} describe pod ${first.metadata?.name}`,
        )
      : holds("none");
  },
};
