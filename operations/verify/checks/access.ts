import { karpenterNodeRoleName } from "../../../platform/names";
import { broken, type Check, holds } from "../check";
import { planOf } from "../next-commands";
import type { Look } from "../snapshot";

export const accessEntries: Check = {
  id: "access-entries",
  title: "access entries",
  async run(look) {
    const { settings } = look;
    const roles = await nodeRoles(look);
    const looked = await Promise.all([
      ...settings.admins.map((admin) => adminProblem(look, admin)),
      ...roles.map((role) => nodeProblem(look, role)),
    ]);
    const problems = looked.filter((problem) => problem !== undefined);
    return problems.length === 0
      ? holds(`${settings.admins.length} of admins, ${roles.length} of nodes`)
      : broken(
          problems.join("; "),
          "removed by hand, or a role was deleted and made again, which makes its entry void",
          planOf(settings, "cluster"),
        );
  },
};

async function adminProblem(look: Look, admin: string): Promise<string | undefined> {
  if (!(await look.accessEntry(admin))) {
    return `${admin} has none`;
  }
  const policies = await look.accessPolicies(admin);
  const everything = policies.some(
    ({ policyArn, accessScope }) =>
      policyArn?.endsWith("/AmazonEKSClusterAdminPolicy") && accessScope?.type === "cluster",
  );
  return everything ? undefined : `${admin} is no administrator of the cluster`;
}

async function nodeProblem(look: Look, role: string): Promise<string | undefined> {
  const entry = await look.accessEntry(role);
  return entry?.type === "EC2_LINUX" ? undefined : `${role} has ${entry ? `one of type ${entry.type}` : "none"}`;
}

/** Of managed nodes, as EKS has it; of Karpenter's, by its name. */
async function nodeRoles(look: Look): Promise<string[]> {
  const managed = (await look.nodeGroups()).flatMap(({ nodeRole }) => nodeRole ?? []);
  const { account, partition } = accountOf((await look.cluster()).arn ?? "");
  return [
    ...new Set([...managed, `arn:${partition}:iam::${account}:role/${karpenterNodeRoleName(look.settings.name)}`]),
  ];
}

function accountOf(arn: string): { account: string; partition: string } {
  const [, partition = "", , , account = ""] = arn.split(":");
  return { account, partition };
}
