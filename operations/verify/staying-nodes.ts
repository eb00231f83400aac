import type { V1Node } from "@kubernetes/client-node";

import { Failure } from "../command/failure";
import { verifyInvocation } from "./next-commands";
import type { Snapshot } from "./snapshot";

/** Returns the nodes that nobody takes away: one that Karpenter drains, for half an hour at most, need not be well. */
export async function stayingNodes(snapshot: Snapshot): Promise<readonly V1Node[]> {
  return (await snapshot.nodes()).filter(({ metadata }) => !metadata?.deletionTimestamp);
}

/** Returns the nodes that nobody takes away; throws a Failure if there is none, of which anything would be true. */
export async function stayingNodesOrThrow(snapshot: Snapshot): Promise<readonly V1Node[]> {
  const nodes = await stayingNodes(snapshot);
  if (nodes.length === 0) {
    throw new Failure("nothing there", "there is no node", verifyInvocation(snapshot.settings));
  }
  return nodes;
}
