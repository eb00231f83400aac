import type { AccessEntry, AssociatedAccessPolicy } from "@aws-sdk/client-eks";

import { runChecks } from "../../../../operations/verify/check";
import { accessEntries } from "../../../../operations/verify/checks/access";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const [developers, verifier] = [role("developers"), role("verify")];
const deployer = role("deployer");
const settings = cluster({
  deployRole: deployer,
  access: [
    { principal: developers, policy: "edit", namespaces: ["shop", "web"], groups: ["b", "a"] },
    { principal: verifier, policy: "verify" },
  ],
  iam: { path: "/platform/", namePrefix: "acme-" },
});
const [admin = ""] = settings.admins;
const karpenter = role("platform/acme-demo-k8s-cilium-karpenter-nodes");

const policy = (name: string, namespaces?: string[]): AssociatedAccessPolicy => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  accessScope: namespaces ? { type: "namespace", namespaces } : { type: "cluster", namespaces: [] },
});

const right: Readonly<Record<string, AccessEntry & { policies?: readonly AssociatedAccessPolicy[] }>> = {
  [admin]: { type: "STANDARD", policies: [policy("AmazonEKSClusterAdminPolicy")] },
  [deployer]: { type: "STANDARD", policies: [policy("AmazonEKSClusterAdminPolicy")] },
  [developers]: {
    type: "STANDARD",
    kubernetesGroups: ["a", "b"],
    policies: [policy("AmazonEKSEditPolicy", ["web", "shop"])],
  },
  [verifier]: { type: "STANDARD", kubernetesGroups: ["platform-verifier"] },
  [karpenter]: { type: "EC2_LINUX" },
};

async function looked(changes: typeof right = {}) {
  const entries = { ...right, ...changes };
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${settings.name}` }),
    nodeGroups: async () => [],
    accessEntry: async (principal) => (entries[principal]?.type ? entries[principal] : undefined),
    accessPolicies: async (principal) => entries[principal]?.policies ?? [],
  };
  return (await runChecks([accessEntries], snapshot as Snapshot))[0];
}

test("entries are what the settings say, in any order, and Karpenter's nodes have theirs by path and prefix", async () => {
  expect(await looked()).toMatchObject({ state: "holds", found: "2 of admins, 2 of access, 1 of nodes" });
});

test.each<[typeof right, string]>([
  [{ [deployer]: {} }, `${deployer} has none`],
  [{ [developers]: {} }, `${developers} has none`],
  [
    { [developers]: { type: "STANDARD", kubernetesGroups: ["a", "b"] } },
    `${developers} lacks AmazonEKSEditPolicy in namespaces shop, web`,
  ],
  [
    { [developers]: { ...right[developers], policies: [policy("AmazonEKSEditPolicy")] } },
    `${developers} has AmazonEKSEditPolicy in the whole cluster, and settings.ts says in namespaces shop, web`,
  ],
  [
    { [developers]: { ...right[developers], kubernetesGroups: [] } },
    `${developers} is in no group, and settings.ts says in groups a, b`,
  ],
  [
    { [verifier]: { type: "STANDARD", kubernetesGroups: ["operators"] } },
    `${verifier} is in groups operators, and settings.ts says in groups platform-verifier`,
  ],
  [{ [karpenter]: {} }, `${karpenter} has none`],
])("%j is broken", async (changes, found) => {
  expect(await looked(changes)).toMatchObject({ state: "broken", found });
});
