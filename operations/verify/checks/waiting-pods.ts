import type { V1Pod } from "@kubernetes/client-node";

import { type ClusterObject, type CustomResource, conditionOf } from "../../kubernetes/objects";
import { age, isYoung } from "../age";
import { type Check, type CheckOutcome, holds, warning } from "../check";
import { podTrouble } from "../pod-trouble";
import { quantity } from "../quantity";
import { counted } from "../wording";

type Quantities = Readonly<Record<string, string>>;

interface NodePool extends ClusterObject {
  /** @default - none, which the API refuses */
  readonly spec?: { readonly limits: Quantities | undefined };
  /** @default - Karpenter has not seen it yet */
  readonly status?: { readonly resources: Quantities | undefined };
}

const pools: CustomResource = "nodepools.v1.karpenter.sh";

/** A limit is somebody's decision, and so is what a pod asks for: neither breaks the platform, and both leave a pod without a node. */
export const waitingPods: Check = {
  id: "waiting-pods",
  title: "pods that wait for a node",
  async run(snapshot) {
    const waiting = (await snapshot.unreadyPods()).filter(isWaiting);
    const nodePools = (await snapshot.customObjects(pools)) as readonly NodePool[];
    if (waiting.length === 0) {
      return holds("none");
    }
    const limits = nodePools.flatMap((pool) => waiting.flatMap((pod) => reachedLimit(pool, pod) ?? []).slice(0, 1));
    if (limits.length > 0) {
      return limitReached(waiting.length, limits);
    }
    const stuck = waiting.filter((pod) => !isYoung(conditionOf(pod, "PodScheduled")?.lastTransitionTime));
    const [one] = stuck;
    const trouble = one && podTrouble(one);
    const since = one && conditionOf(one, "PodScheduled")?.lastTransitionTime;
    return trouble
      ? warning(
          `${counted(stuck.length, "pod")}, for ${age(since)} and more: ${one.metadata?.namespace}/${trouble.found}`,
          "no machine that Karpenter may launch fits what it asks for, or Karpenter launches none",
          trouble.next,
        )
      : holds(`${waiting.length}, for less than five minutes`);
  },
};

function isWaiting(pod: V1Pod): boolean {
  return conditionOf(pod, "PodScheduled")?.status === "False" && !pod.metadata?.deletionTimestamp;
}

interface Limit {
  readonly pool: string;
  readonly text: string;
}

/** Returns the first limit of a pool that does not allow what a pod asks for, beside what the pool's nodes have already. */
function reachedLimit({ metadata, spec, status }: NodePool, pod: V1Pod): Limit | undefined {
  const reached = Object.entries(spec?.limits ?? {}).find(([resource, limit]) => {
    const used = quantity(status?.resources?.[resource] ?? "0");
    return used >= quantity(limit) || used + requested(pod, resource) > quantity(limit);
  });
  const [resource = "", limit] = reached ?? [];
  return reached && { pool: metadata.name, text: `${status?.resources?.[resource] ?? 0} of ${limit} ${resource}` };
}

function requested({ spec }: V1Pod, resource: string): number {
  return (spec?.containers ?? []).reduce(
    (sum, { resources }) => sum + quantity(resources?.requests?.[resource] ?? "0"),
    0,
  );
}

function limitReached(count: number, limits: readonly Limit[]): CheckOutcome {
  const pools = limits.map(({ pool, text }) => `NodePool ${pool} has ${text}`).join("; ");
  return warning(
    `${counted(count, "pod")}, and ${pools}`,
    "the limits of the pool are reached, and Karpenter launches nothing beyond them",
    `kubectl get nodepool ${limits[0]?.pool} --output jsonpath='{.spec.limits}{"\\n"}{.status.resources}{"\\n"}'`,
  );
}
