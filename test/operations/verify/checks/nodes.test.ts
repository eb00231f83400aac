import { runChecks } from "../../../../operations/verify/check";
import { nodeImages, nodesReady, nodeTaints } from "../../../../operations/verify/checks/nodes";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

test("of a cluster without nodes, nothing is said to hold of them", async () => {
  const empty: Partial<Snapshot> = { settings: cluster(), nodes: async () => [], nodeGroups: async () => [] };
  const results = await runChecks([nodesReady, nodeImages, nodeTaints], empty as Snapshot);

  expect(results.map(({ state, found }) => [state, found])).toEqual([
    ["broken", "0 of the node group, and minSize is 2"],
    ["could not ask", "there is no node"],
    ["could not ask", "there is no node"],
  ]);
});
