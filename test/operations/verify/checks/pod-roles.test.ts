import type { V1Deployment, V1Pod } from "@kubernetes/client-node";

import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { podRoles } from "../../../../operations/verify/checks/pod-roles";
import type { Snapshot } from "../../../../operations/verify/snapshot";

function pod(app: string, name: string, variables: readonly string[], deletionTimestamp?: Date): V1Pod {
  const env = variables.map((variable) => ({ name: variable, value: "x" }));
  return {
    metadata: { name, labels: { app }, ...(deletionTimestamp ? { deletionTimestamp } : {}) },
    spec: { containers: [{ name: "other" }, { name: "main", env }] },
  };
}

const deployment = (name: string): V1Deployment => ({
  metadata: { name },
  spec: { selector: { matchLabels: { app: name } }, template: {} },
});

async function looked(pods: Readonly<Record<string, readonly V1Pod[]>>): Promise<CheckResult | undefined> {
  const snapshot: Partial<Snapshot> = {
    deployments: async (namespace) => [deployment(namespace === "karpenter" ? "karpenter" : "cilium-operator")],
    pods: async (namespace) => pods[namespace] ?? [],
  };
  return (await runChecks([podRoles], snapshot as Snapshot))[0];
}

const operators = [
  pod("cilium-operator", "cilium-operator-a", ["AWS_REGION", "AWS_ROLE_ARN"]),
  pod("cilium-operator", "cilium-operator-b", ["AWS_ROLE_ARN"]),
];
const karpenters = [pod("karpenter", "karpenter-a", ["AWS_ROLE_ARN"])];

test("pods with the variable by which they ask as their role hold", async () => {
  expect(await looked({ "kube-system": operators, karpenter: karpenters })).toMatchObject({
    state: "holds",
    found: "2 of cilium-operator and 1 of karpenter have theirs",
  });
});

test("one without it is named, with the restart that mends it", async () => {
  const without = pod("cilium-operator", "cilium-operator-c", ["AWS_REGION"]);

  expect(await looked({ "kube-system": [...operators, without], karpenter: karpenters })).toMatchObject({
    state: "broken",
    found: "cilium-operator-c has no AWS_ROLE_ARN",
    cause: expect.stringContaining("aws/containers-roadmap#2679"),
    next: "kubectl --namespace kube-system rollout restart deployment/cilium-operator",
  });
  expect(await looked({ karpenter: [pod("karpenter", "a", []), pod("karpenter", "b", [])] })).toMatchObject({
    found: "a and b have no AWS_ROLE_ARN",
    next: "kubectl --namespace karpenter rollout restart deployment/karpenter",
  });
});

test("one that goes, and others' pods, do not count; of none at all nothing is said to hold", async () => {
  const going = pod("cilium-operator", "old", [], new Date());

  expect(await looked({ "kube-system": [...operators, going, pod("metrics", "m", [])] })).toMatchObject({
    state: "holds",
  });
  expect(await looked({ "kube-system": [going] })).toMatchObject({ state: "could not ask" });
});
