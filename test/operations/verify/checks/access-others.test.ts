import type { AccessEntry, AssociatedAccessPolicy } from "@aws-sdk/client-eks";

import { runChecks } from "../../../../operations/verify/check";
import { otherPrincipals } from "../../../../operations/verify/checks/access-others";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const reader = "arn:aws:iam::111122223333:role/reader";
const settings = cluster({ access: [{ principal: reader, policy: "edit", namespaces: ["shop"] }] });
const nodes = "arn:aws:iam::111122223333:role/demo-k8s-cilium-system-nodes";
const karpenter = `arn:aws:iam::111122223333:role/${settings.name}-karpenter-nodes`;

interface Other {
  readonly type?: string;
  readonly policies?: readonly AssociatedAccessPolicy[];
}

const policy = (name: string, namespaces?: string[]): AssociatedAccessPolicy => ({
  policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
  accessScope: namespaces ? { type: "namespace", namespaces } : { type: "cluster" },
});

/** @param others - principals beside those of the platform; one that is undefined is deleted meanwhile */
async function looked(others: Readonly<Record<string, Other | undefined>>, deployRole?: string) {
  const snapshot: Partial<Snapshot> = {
    settings: { ...settings, deployRole },
    cluster: async () => ({ arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${settings.name}` }),
    nodeGroups: async () => [{ nodeRole: nodes }],
    accessEntries: async () => [...settings.admins, nodes, karpenter, ...Object.keys(others)],
    accessEntry: async (principalArn): Promise<AccessEntry | undefined> => {
      const other = others[principalArn];
      return other && { principalArn, type: other.type ?? "STANDARD" };
    },
    accessPolicies: async (principal) => others[principal]?.policies ?? [],
  };
  return (await runChecks([otherPrincipals], snapshot as Snapshot))[0];
}

test("nobody else, and somebody who may only look or has namespaces of their own, hold", async () => {
  expect(await looked({})).toMatchObject({ state: "holds", found: "there are none" });
  expect(
    await looked({
      reader: { policies: [policy("AmazonEKSViewPolicy")] },
      team: { policies: [policy("AmazonEKSAdminPolicy", ["team-a", "team-*"])] },
      group: {},
      gone: undefined,
    }),
  ).toMatchObject({ state: "holds", found: "4 others, with no such rights" });
});

test("the role that deploys administers the cluster, and is no other", async () => {
  const others = { deployer: { policies: [policy("AmazonEKSClusterAdminPolicy")] } };

  expect(await looked(others, "deployer")).toMatchObject({ state: "holds", found: "there are none" });
  expect(await looked(others)).toMatchObject({ state: "broken" });
});

test("an administrator whom settings.ts does not name is broken, with the command that takes it away", async () => {
  expect(
    await looked({
      editor: { policies: [policy("AmazonEKSEditPolicy")] },
      stranger: { policies: [policy("AmazonEKSClusterAdminPolicy")] },
    }),
  ).toMatchObject({
    state: "broken",
    found:
      "stranger has AmazonEKSClusterAdminPolicy in the whole cluster, and settings.ts does not name it; 1 more like it",
    next: `aws eks delete-access-entry --cluster-name ${settings.name} --region ${settings.region} --principal-arn stranger`,
  });
});

test.each<[Other, string]>([
  [{ policies: [policy("AmazonEKSEditPolicy")] }, "somebody has AmazonEKSEditPolicy in the whole cluster"],
  [{ policies: [policy("AmazonEKSAdminPolicy", ["a", "kube-*"])] }, "has AmazonEKSAdminPolicy in namespaces a, kube-*"],
  [{ policies: [policy("AmazonEKSSecretReaderPolicy", ["flux-system"])] }, "in namespaces flux-system"],
  [{ policies: [policy("AmazonEKSAdminViewPolicy")] }, "somebody has AmazonEKSAdminViewPolicy in the whole cluster"],
  [{ type: "EC2_LINUX" }, "somebody may join nodes (EC2_LINUX)"],
])("somebody who reaches what the platform runs, or brings nodes, is a warning: %j", async (other, found) => {
  expect(await looked({ somebody: other })).toMatchObject({
    state: "warning",
    found: expect.stringContaining(found),
  });
});

test("whoever is in settings.ts has the policy of that, and no other that reaches as far", async () => {
  const own = policy("AmazonEKSEditPolicy", ["shop"]);

  expect(await looked({ [reader]: { policies: [own, policy("AmazonEKSViewPolicy")] } })).toMatchObject({
    state: "holds",
    found: "there are none",
  });
  expect(await looked({ [reader]: { policies: [own, policy("AmazonEKSClusterAdminPolicy")] } })).toMatchObject({
    state: "broken",
    found: `${reader} has AmazonEKSClusterAdminPolicy in the whole cluster, and settings.ts does not say so`,
    next: expect.stringMatching(
      /^aws eks disassociate-access-policy .* --policy-arn arn:aws:eks::aws:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/,
    ),
  });
  expect(await looked({ [reader]: { policies: [own, policy("AmazonEKSAdminViewPolicy")] } })).toMatchObject({
    state: "warning",
  });
});
