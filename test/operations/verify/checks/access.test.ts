import { runChecks } from "../../../../operations/verify/check";
import { accessEntries } from "../../../../operations/verify/checks/access";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const deployer = "arn:aws:iam::111122223333:role/deployer";
const settings = cluster({ deployRole: deployer });

/** @param missing - principals without an access entry */
async function looked(...missing: readonly string[]) {
  const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${settings.name}` }),
    nodeGroups: async () => [],
    accessEntry: async (principalArn) =>
      missing.includes(principalArn)
        ? undefined
        : { principalArn, type: principalArn.endsWith("-nodes") ? "EC2_LINUX" : "STANDARD" },
    accessPolicies: async () => [{ policyArn, accessScope: { type: "cluster" } }],
  };
  return (await runChecks([accessEntries], snapshot as Snapshot))[0];
}

test("admins, the role that deploys and nodes have access entries", async () => {
  expect(await looked()).toMatchObject({ state: "holds", found: "2 of admins, 1 of nodes" });
});

test("the role that deploys is missed like an admin", async () => {
  expect(await looked(deployer)).toMatchObject({ state: "broken", found: `${deployer} has none` });
});
