import type { V1Node } from "@kubernetes/client-node";

import { type Check, runChecks } from "../../../operations/verify/check";
import { nodeClassesReady } from "../../../operations/verify/checks/karpenter";
import { nodeImages } from "../../../operations/verify/checks/nodes";
import { resultsText } from "../../../operations/verify/results-text";
import type { Snapshot } from "../../../operations/verify/snapshot";
import { cluster } from "../../support/settings";

const hostile = "x\u001b[2J\r\ny\u202ez";
const visible = "x\\u{1b}[2J\\u{d}\\ny\\u{202e}z";

/** What is printed of a cluster whose nodes and objects say what they should not. */
async function printed(check: Check): Promise<string> {
  const node = {
    metadata: { name: "node-a" },
    status: { nodeInfo: { architecture: "arm64", osImage: hostile } },
  } as V1Node;
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    nodes: async () => [node],
    customObjects: async () => [
      {
        metadata: { name: "default" },
        status: { conditions: [{ type: "Ready", status: "False", reason: "Failed", message: hostile }] },
      },
    ],
  };
  return resultsText(await runChecks([check], snapshot as Snapshot), false);
}

test("a node's image is printed on one line, with everything in it that could not be seen", async () => {
  const lines = (await printed(nodeImages)).split("\n");

  expect(lines[0]).toContain(`node-a runs ${visible}, not Bottlerocket`);
  expect(lines).toHaveLength(6);
});

test("so is the message of a condition", async () => {
  const lines = (await printed(nodeClassesReady)).split("\n");

  expect(lines[0]).toBe(`broken         EC2NodeClasses  default: Failed: ${visible}`);
  expect(lines).toHaveLength(6);
});

test("so is what a check throws, and the colours are the only controls", () => {
  const text = resultsText(
    [{ id: "a", title: "a", state: "could not ask", found: hostile, cause: hostile, next: hostile }],
    true,
  );

  expect(text.split("\u001b").slice(1)).not.toContainEqual(expect.not.stringMatching(/^\[\d+m/));
  expect(text.split(visible)).toHaveLength(4);
});
