import { doNotDisrupt } from "../../platform/names";
import type { ClusterObject, ObjectClient, ObjectKind } from "../kubernetes/objects";
import { kindAndName } from "./deletion";
import { runningPods } from "./running-pods";
import type { Obstacle } from "./step";

const disruptionBudget: ObjectKind = { apiVersion: "policy/v1", kind: "PodDisruptionBudget" };

/**
 * Returns pods on these nodes that must not be evicted now. Each keeps its node from being drained, until the NodeClaim's
 * terminationGracePeriod if it has one.
 */
export async function unevictablePods(objects: ObjectClient, nodeNames: readonly unknown[]): Promise<Obstacle[]> {
  if (nodeNames.length === 0) {
    return [];
  }
  const isOnNode = ({ spec }: ClusterObject) => nodeNames.includes(spec?.["nodeName"]);
  const pods = (await runningPods(objects)).filter(isOnNode);
  const exempt = pods.filter(({ metadata }) => metadata?.annotations?.[doNotDisrupt] === "true");
  const obstacles = exempt.map((pod) => keptPod(pod, `its annotation ${doNotDisrupt}`));

  const budgets = await objects.list(disruptionBudget);
  for (const budget of budgets.filter(({ status }) => status?.["disruptionsAllowed"] === 0)) {
    const covered = (await podsOfBudget(objects, budget)).filter(isOnNode);
    obstacles.push(...covered.map((pod) => keptPod(pod, `${kindAndName(budget)}, which allows no eviction`)));
  }
  return obstacles;
}

function keptPod(pod: ClusterObject, by: string): Obstacle {
  return { name: kindAndName(pod), heldBy: `kept on ${pod.spec?.["nodeName"]} by ${by}`, clear: undefined };
}

/** Returns the pods that a PodDisruptionBudget is about. */
async function podsOfBudget(
  objects: ObjectClient,
  { metadata, spec }: ClusterObject,
): Promise<readonly ClusterObject[]> {
  const found = await runningPods(objects, selectorText(spec?.["selector"] as Selector | undefined));
  return found.filter((pod) => pod.metadata?.namespace === metadata?.namespace);
}

interface Selector {
  readonly matchLabels: Readonly<Record<string, string>> | undefined;
  readonly matchExpressions:
    | readonly { readonly key: string; readonly operator: string; readonly values: readonly string[] | undefined }[]
    | undefined;
}

const emptySelector: Selector = { matchLabels: undefined, matchExpressions: undefined };

/** Returns a selector in the form that lists of objects take: `app=web,tier in (a,b)` (Kubernetes, "Labels and selectors"). */
function selectorText({ matchLabels = {}, matchExpressions = [] }: Selector = emptySelector): string {
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
