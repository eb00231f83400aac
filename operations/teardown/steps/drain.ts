import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { nameOf } from "../deletion";
import type { Thing } from "../step";
import { runningPods } from "./running-pods";

const budget: ObjectKind = { apiVersion: "policy/v1", kind: "PodDisruptionBudget" };

/** Pods that nobody may evict now: each keeps its node from being drained, until the NodeClaim's terminationGracePeriod, if it has one. */
export async function undrainable(objects: ObjectClient, nodes: readonly unknown[]): Promise<Thing[]> {
  if (nodes.length === 0) {
    return [];
  }
  const isKept = ({ spec }: ClusterObject) => nodes.includes(spec?.["nodeName"]);
  const all = await runningPods(objects);
  const exempt = all.filter(({ metadata }) => metadata?.annotations?.["karpenter.sh/do-not-disrupt"] === "true");
  const budgets = (await objects.list(budget)).filter(({ status }) => status?.["disruptionsAllowed"] === 0);
  const covered = await Promise.all(budgets.map((one) => podsOf(objects, one)));
  return [
    ...exempt.filter(isKept).map((one) => waiting(one, "its annotation karpenter.sh/do-not-disrupt")),
    ...budgets.flatMap((one, index) =>
      (covered[index] ?? []).filter(isKept).map((kept) => waiting(kept, `${nameOf(one)}, which allows no eviction`)),
    ),
  ];
}

function waiting(object: ClusterObject, held: string): Thing {
  return { name: nameOf(object), held: `kept on ${object.spec?.["nodeName"]} by ${held}`, act: undefined };
}

async function podsOf(objects: ObjectClient, { metadata, spec }: ClusterObject): Promise<readonly ClusterObject[]> {
  const found = await runningPods(objects, selectorText(spec?.["selector"] as Selector | undefined));
  return found.filter((one) => one.metadata?.namespace === metadata?.namespace);
}

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions:
    | readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] | undefined }[]
    | undefined;
}

/** As lists of objects take it (Kubernetes, "Labels and selectors"). */
function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector = noSelector): string {
  const forms: Readonly<Record<string, (key: string, values: string) => string>> = {
    In: (key, values) => `${key} in (${values})`,
    NotIn: (key, values) => `${key} notin (${values})`,
    Exists: (key) => key,
    DoesNotExist: (key) => `!${key}`,
  };
  return [
    ...Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`),
    ...matchExpressions.flatMap(({ key, operator, values = [] }) => forms[operator]?.(key, values.join()) ?? []),
  ].join();
}

const noSelector: Selector = { matchLabels: undefined, matchExpressions: undefined };
