import type { V1Node } from "@kubernetes/client-node";

import { type Check, holds, runChecks, warning } from "../../../operations/verify/check";
import { nodeClassesReady } from "../../../operations/verify/checks/karpenter";
import { nodeImages } from "../../../operations/verify/checks/nodes";
import { resultsText, verificationText } from "../../../operations/verify/results-text";
import type { Snapshot } from "../../../operations/verify/snapshot";
import type { Verification } from "../../../operations/verify/verification";
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

test("above all stands which cluster it is, when it was looked at, and by which versions", () => {
  const found: Verification = {
    cluster: "demo-k8s-cilium",
    region: "eu-central-1",
    account: "111122223333",
    time: "2026-11-23T17:11:47Z",
    version: "0.1.0 (754da85)",
    release: "2026-11-25",
    versions: { kubernetes: "1.36", bottlerocket: "1.66.0", cilium: "1", coreDns: "2", flux: "3", karpenter: "4" },
    checks: [
      { id: "a", title: "a", ...holds("yes") },
      { id: "b", title: "b", ...warning("soon", "x", "y") },
    ],
  };

  expect(verificationText(found, false).split("\n")).toEqual([
    "demo-k8s-cilium in eu-central-1 of account 111122223333, 2026-11-23 17:11:47 UTC",
    "platform 0.1.0 (754da85), release 2026-11-25: Kubernetes 1.36, Bottlerocket 1.66.0, Cilium 1, CoreDNS 2, Flux 3, Karpenter 4",
    "",
    "holds          a  yes",
    "warning        b  soon",
    "               likely: x",
    "               next:   y",
    "",
    "1 hold, 1 warning",
    "",
  ]);
  expect(verificationText({ ...found, account: null }, false)).toMatch(/^demo-k8s-cilium in eu-central-1, 2026/);
});

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
