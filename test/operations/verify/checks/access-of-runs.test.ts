import type { AccessEntry } from "@aws-sdk/client-eks";

import { runChecks } from "../../../../operations/verify/check";
import { accessEntries } from "../../../../operations/verify/checks/access";
import { otherPrincipals } from "../../../../operations/verify/checks/access-others";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";
import { inCloud } from "../../../support/workspaces";

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
const settings = cluster(inCloud());
const [admin = ""] = settings.admins;

const right: Readonly<Record<string, { readonly type: string; readonly policy?: string } | undefined>> = {
  [admin]: { type: "STANDARD", policy: "AmazonEKSClusterAdminPolicy" },
  [role("acme-runs-apply")]: { type: "STANDARD", policy: "AmazonEKSClusterAdminPolicy" },
  [role("acme-runs-plan")]: { type: "STANDARD", policy: "AmazonEKSAdminViewPolicy" },
  [role("demo-k8s-cilium-karpenter-nodes")]: { type: "EC2_LINUX" },
};

async function looked(changes: typeof right = {}) {
  const entries = { ...right, ...changes };
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${settings.name}` }),
    nodeGroups: async () => [],
    accessEntries: async () => Object.keys(entries).filter((principal) => entries[principal]),
    accessEntry: async (principal): Promise<AccessEntry | undefined> => entries[principal],
    accessPolicies: async (principal) => {
      const policy = entries[principal]?.policy;
      const policyArn = `arn:aws:eks::aws:cluster-access-policy/${policy}`;
      return policy ? [{ policyArn, accessScope: { type: "cluster", namespaces: [] } }] : [];
    },
  };
  return runChecks([accessEntries, otherPrincipals], snapshot as Snapshot);
}

test("the roles of runs in HCP Terraform are known, and no others", async () => {
  expect(await looked()).toMatchObject([
    { state: "holds", found: "2 of admins, 1 of plans, 1 of nodes" },
    { state: "holds", found: "there are none" },
  ]);
});

test.each<[string, typeof right]>([
  [`${role("acme-runs-apply")} has none`, { [role("acme-runs-apply")]: undefined }],
  [`${role("acme-runs-plan")}, with which HCP Terraform plans, has none`, { [role("acme-runs-plan")]: undefined }],
  [
    `${role("acme-runs-plan")}, with which HCP Terraform plans, may not read the cluster`,
    { [role("acme-runs-plan")]: { type: "STANDARD", policy: "AmazonEKSViewPolicy" } },
  ],
])("%s is broken", async (found, changes) => {
  expect((await looked(changes))[0]).toMatchObject({ state: "broken", found });
});
