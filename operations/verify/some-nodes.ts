import type { V1Node } from "@kubernetes/client-node";

import { Failure } from "../connection/failure";
import type { Look } from "./look";

/** All nodes, for what would be true of none: where there is none, nobody can say. */
export async function someNodes(look: Look): Promise<readonly V1Node[]> {
  const nodes = await look.nodes();
  if (nodes.length === 0) {
    throw new Failure("nothing there", "there is no node", `npm run verify -- ${look.settings.name} --wait 15m`);
  }
  return nodes;
}
