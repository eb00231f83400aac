import type { V1NodeSystemInfo, V1Pod } from "@kubernetes/client-node";

import {
  disruptionBudgets,
  podsWithoutController,
} from "../../../../../operations/upgrade/readiness/checks/disruption";
import { nodesKept } from "../../../../../operations/upgrade/readiness/checks/kept-nodes";
import { kubeletSkew, nodeGroupVersions } from "../../../../../operations/upgrade/readiness/checks/version-skew";
import { type Check, runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { newestRelease } from "../../../../../releases/all";
import { cluster } from "../../../../support/settings";

const next = { ...newestRelease, kubernetes: { ...newestRelease.kubernetes, version: "1.37" } };
const annotations = { "karpenter.sh/do-not-disrupt": "true" };

async function found(check: Check, answers: Partial<Snapshot>) {
  const snapshot: Partial<Snapshot> = { settings: cluster(), cluster: async () => ({ version: "1.36" }), ...answers };
  return (await runChecks([check], snapshot as Snapshot))[0];
}

const budget = (status: object): Partial<Snapshot> => ({
  customObjects: async () => [{ metadata: { name: "web", namespace: "shop" }, status: { ...status } }],
});

test("a budget keeps nodes from being drained while it has pods and allows none to go", async () => {
  expect(await found(disruptionBudgets(undefined), budget({ expectedPods: 2, disruptionsAllowed: 0 }))).toMatchObject({
    state: "broken",
    found: "shop/web: no pod may be evicted",
    cause: expect.stringContaining("not drained"),
  });
  expect(await found(disruptionBudgets(next), budget({ expectedPods: 2, disruptionsAllowed: 0 }))).toMatchObject({
    cause: expect.stringContaining("ended after five minutes all the same"),
  });
  expect(await found(disruptionBudgets(undefined), budget({ expectedPods: 0, disruptionsAllowed: 0 }))).toMatchObject({
    state: "holds",
  });
  expect(await found(disruptionBudgets(undefined), budget({ expectedPods: 2, disruptionsAllowed: 1 }))).toMatchObject({
    state: "holds",
  });
});

const pod = (nodeName: string): V1Pod => ({
  metadata: { name: "web", namespace: "shop" },
  spec: { nodeName, containers: [] },
});

test("pods that nobody makes again are a warning that names them", async () => {
  expect(await found(podsWithoutController, { podsWithoutController: async () => [pod("a"), pod("b")] })).toMatchObject(
    {
      state: "warning",
      found: "shop/web and shop/web: nobody makes them again",
    },
  );
});

/** A cluster with node `a` of Karpenter's, and `b` of the node group. */
function kept(changes: { grace?: string; budgets?: object[]; pods?: V1Pod[]; annotated?: string }): Promise<unknown> {
  return found(nodesKept, {
    nodes: async () =>
      ["a", "b"].map((name) => ({ metadata: { name, annotations: name === changes.annotated ? annotations : {} } })),
    customObjects: async (resource) =>
      resource.startsWith("nodeclaims")
        ? [{ metadata: { name: "claim" }, spec: { terminationGracePeriod: changes.grace }, status: { nodeName: "a" } }]
        : [{ metadata: { name: "default" }, spec: { disruption: { budgets: changes.budgets } } }],
    podsNotToDisrupt: async () => changes.pods ?? [],
  });
}

test("an annotation keeps a node of Karpenter's, and means nothing on one of the node group", async () => {
  expect(await kept({ annotated: "a" })).toMatchObject({ state: "broken", found: expect.stringMatching(/^a has/) });
  expect(await kept({ annotated: "b" })).toMatchObject({ state: "holds", found: "none of 1 node" });
});

test("a pod keeps its node for as long as it runs, or to the end of the node's grace period", async () => {
  expect(await kept({ pods: [pod("a")] })).toMatchObject({ state: "broken" });
  expect(await kept({ pods: [pod("a")], grace: "30m0s" })).toMatchObject({
    state: "warning",
    found: expect.stringContaining("ended 30m0s after"),
  });
  expect(await kept({ pods: [pod("b")] })).toMatchObject({ state: "holds" });
});

test("a closed pool hides neither an annotated node nor a pod: all are said, and the state is the worst", async () => {
  const bounded = { pods: [pod("a")], grace: "30m0s" };
  const closed = await kept({ budgets: [{ nodes: "0" }], annotated: "a", ...bounded });

  expect(closed).toMatchObject({
    state: "broken",
    found: expect.stringMatching(/^NodePool default .*; a has the annotation .*; shop\/web: /),
    next: expect.stringContaining("nodepool default"),
  });
  expect(await kept({ annotated: "a", ...bounded })).toMatchObject({
    found: expect.stringMatching(/^a has the annotation .*; shop\/web: /),
    next: expect.stringMatching(/^kubectl annotate node a /),
  });
});

test.each([
  [{ nodes: "0" }, "broken"],
  [{ nodes: "0%", reasons: ["Drifted"] }, "broken"],
  [{ nodes: "0", reasons: ["Empty"] }, "holds"],
  [{ nodes: "0", schedule: "@daily", duration: "8h" }, "holds"],
  [{ nodes: "10%" }, "holds"],
])("a NodePool with the budget %j %s", async (one, state) => {
  expect(await kept({ budgets: [one] })).toMatchObject({ state });
});

test.each([
  ["v1.36.2-eks-1", "holds"],
  ["v1.34.0-eks-1", "holds"],
  ["v1.33.9-eks-1", "broken"],
  ["v1.37.0-eks-1", "broken"],
  ["unknown", "broken"],
])("towards 1.37, a kubelet of %s of a control plane at 1.36 %s", async (kubeletVersion, state) => {
  const nodeInfo = { kubeletVersion } as V1NodeSystemInfo;
  const nodes = async () => [{ metadata: { name: "a" }, status: { nodeInfo } }];

  expect(await found(kubeletSkew(next), { nodes })).toMatchObject({ state });
});

test.each([
  ["1.36", "holds", ""],
  ["1.35", "broken", "npm run review"],
  ["1.37", "broken", "aws eks describe-nodegroup"],
])("a node group at %s of a control plane at 1.36 %s", async (version, state, command) => {
  const result = await found(nodeGroupVersions, { nodeGroups: async () => [{ nodegroupName: "system", version }] });

  expect(result).toMatchObject({ state });
  expect(result?.next ?? "").toContain(command);
});
