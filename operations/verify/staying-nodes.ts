import type { V1Node } from "@kubernetes/client-node";

import { Failure } from "../command/failure";
import { lookAgain } from "./next-commands";
import type { Look } from "./snapshot";

/** Nodes that nobody is taking away: Karpenter drains others for half an hour, and they stop being ready on the way. */
export async function stayingNodes(look: Look): Promise<readonly V1Node[]> {
  return (await look.nodes()).filter(({ metadata }) => !metadata?.deletionTimestamp);
}

/** The same, for what would be true of none: where there is none, nobody can say. */
export async function someNodes(look: Look): Promise<readonly V1Node[]> {
  const nodes = await stayingNodes(look);
  if (nodes.length === 0) {
    throw new Failure("nothing there", "there is no node", lookAgain(look.settings));
  }
  return nodes;
}
