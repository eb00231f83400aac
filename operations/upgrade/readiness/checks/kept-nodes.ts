import type { V1Node, V1ObjectMeta, V1Pod } from "@kubernetes/client-node";
import { doNotDisrupt } from "../../../../platform/names";
import type { ClusterObject } from "../../../kubernetes/objects";
import { broken, type Check, type CheckOutcome, holds, together, warning } from "../../../verify/check";
import { stayingNodes } from "../../../verify/staying-nodes";
import { counted, namesText, sentenceOf } from "../../../verify/wording";

interface NodeClaim extends ClusterObject {
  /** @default - none, which the API refuses */
  readonly spec?: { readonly terminationGracePeriod: string | undefined };
  /** @default - Karpenter has not seen it yet */
  readonly status?: { readonly nodeName: string | undefined };
}

interface Budget {
  readonly nodes: string;
  readonly reasons: readonly string[] | undefined;
  readonly schedule: string | undefined;
}

interface NodePool extends ClusterObject {
  /** @default - none, which the API refuses */
  readonly spec?: { readonly disruption: { readonly budgets: readonly Budget[] | undefined } | undefined };
}

/** Karpenter replaces its nodes once their image is not that of the release, unless something keeps it from that (Karpenter, "Disruption"). */
export const nodesKept: Check = {
  id: "nodes-kept",
  title: "nodes that Karpenter keeps",
  async run(snapshot) {
    const [nodes, claims, pools, pods] = await Promise.all([
      stayingNodes(snapshot),
      snapshot.customObjects("nodeclaims.v1.karpenter.sh") as Promise<readonly NodeClaim[]>,
      snapshot.customObjects("nodepools.v1.karpenter.sh") as Promise<readonly NodePool[]>,
      snapshot.podsNotToDisrupt(),
    ]);
    const launched = new Map(claims.map((claim) => [claim.status?.nodeName, claim]));
    const kept = nodes.filter(({ metadata }) => launched.has(metadata?.name) && isAnnotated(metadata));
    const obstacles = [closedPools(pools.filter(isClosed)), keptNodes(kept), podsThatKeep(launched, pods)];
    return together(obstacles.filter((one) => one !== undefined)) ?? holds(`none of ${counted(claims.length, "node")}`);
  },
};

function closedPools(pools: readonly NodePool[]): CheckOutcome | undefined {
  const [first] = pools;
  return (
    first &&
    broken(
      `${sentenceOf(poolNames(pools), "lets no node be", "let no node be")} replaced`,
      "the NodePool has a budget of 0 nodes: on purpose, if nodes are to stay while a new control plane is looked at (docs/upgrades.md#karpenters-nodes-meanwhile)",
      `kubectl get nodepool ${first.metadata.name} --output jsonpath='{.spec.disruption.budgets}{"\\n"}'`,
    )
  );
}

function keptNodes(nodes: readonly V1Node[]): CheckOutcome | undefined {
  const names = nodes.map(({ metadata }) => metadata?.name ?? "");
  return names[0] === undefined
    ? undefined
    : broken(
        `${sentenceOf(names, "has", "have")} the annotation ${doNotDisrupt}`,
        "somebody set it: Karpenter leaves the node at its version until it expires",
        `kubectl annotate node ${names[0]} ${doNotDisrupt}-`,
      );
}

function isAnnotated(metadata: V1ObjectMeta | undefined): boolean {
  return metadata?.annotations?.[doNotDisrupt] === "true";
}

function poolNames(pools: readonly NodePool[]): string[] {
  return pools.map(({ metadata }) => `NodePool ${metadata.name}`);
}

/** Returns whether a pool never lets a node be replaced for another image; one with a schedule does so at other times. */
function isClosed({ spec }: NodePool): boolean {
  return (spec?.disruption?.budgets ?? []).some(
    ({ nodes, reasons, schedule }) =>
      /^0%?$/.test(nodes) && schedule === undefined && (reasons === undefined || reasons.includes("Drifted")),
  );
}

/** With a grace period, Karpenter drains a node for another image though a pod on it says no, and ends the pod when that is over. */
function podsThatKeep(
  launched: ReadonlyMap<string | undefined, NodeClaim>,
  pods: readonly V1Pod[],
): CheckOutcome | undefined {
  const there = pods.filter(({ spec }) => launched.has(spec?.nodeName));
  const bound = (pod: V1Pod) => launched.get(pod.spec?.nodeName)?.spec?.terminationGracePeriod;
  const endless = there.filter((pod) => bound(pod) === undefined);
  const [first = there[0]] = endless;
  if (first === undefined) {
    return undefined;
  }
  const chosen = endless.length > 0 ? endless : there;
  const names = namesText(chosen.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`));
  const look = `kubectl --namespace ${first.metadata?.namespace} describe pod ${first.metadata?.name}`;
  return endless.length > 0
    ? broken(
        `${names}: ${doNotDisrupt}, on a node without a grace period`,
        "Karpenter leaves the node at its version for as long as the pod runs",
        look,
      )
    : warning(
        `${names}: ${doNotDisrupt}, and ended ${bound(first)} after its node is drained`,
        "what people run there asks not to be disturbed, and a new image disturbs it",
        look,
      );
}
