import type { V1Node } from "@kubernetes/client-node";

import { doNotDisrupt, nodePoolTag, systemNamespace } from "../../platform/names";
import { reviewInvocation, verifyInvocation } from "./next-commands";
import type { Snapshot } from "./snapshot";
import { namesText } from "./wording";

/** Why no agent may restart yet, as a cause, and what has the nodes go on which that would do harm. */
export interface RestartDanger {
  readonly cause: string;
  readonly next: string;
}

/**
 * Returns what a restart of Cilium's agents would break; undefined if nothing. An agent reads `eni-first-interface-index` when it starts,
 * and from then on counts no address of an interface before that as its own: pods that have one are not restored, and lose their network
 * (Cilium 1.20.2, `pkg/nodediscovery/eni/eni.go`, `pkg/ipam/eni.go`, `daemon/cmd/endpoint_restore.go`).
 */
export async function restartDanger(snapshot: Snapshot): Promise<RestartDanger | undefined> {
  const [config, ciliumNodes, nodes] = await Promise.all([
    snapshot.configMap(systemNamespace, "cilium-config"),
    snapshot.ciliumNodes(),
    snapshot.nodes(),
  ]);
  const first = Number(config?.data?.["eni-first-interface-index"] ?? 0);
  const old = ciliumNodes
    .filter(({ interfaces }) => interfaces.some(({ index, addresses }) => index < first && addresses > 0))
    .map(({ name }) => name);
  if (old.length === 0) {
    return undefined;
  }
  const { how, next } = replacement(
    snapshot,
    nodes.filter(({ metadata }) => old.includes(metadata?.name ?? "") && !metadata?.deletionTimestamp),
  );
  return {
    cause: `an agent that restarts on ${namesText(old)} cuts off pods whose addresses are of the node's first interface; before that ${how}`,
    next,
  };
}

/** @param staying - nodes that nobody takes away yet */
function replacement(
  { settings }: Snapshot,
  staying: readonly V1Node[],
): { readonly how: string; readonly next: string } {
  if (staying.length === 0) {
    return { how: "the node goes, which is under way", next: verifyInvocation(settings) };
  }
  const areKarpenters = staying.every(({ metadata }) => metadata?.labels?.[nodePoolTag] !== undefined);
  return areKarpenters
    ? {
        // It drains one that people delete, too (Karpenter, "Disruption").
        how: `Karpenter replaces its nodes, by itself where neither a budget nor ${doNotDisrupt} keeps them`,
        next: `kubectl delete node ${staying[0]?.metadata?.name}`,
      }
    : {
        how: "an apply of the bootstrap stack replaces the node group, and Karpenter its nodes",
        next: reviewInvocation(settings, "bootstrap"),
      };
}
