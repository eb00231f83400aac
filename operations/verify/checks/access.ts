import { clusterAdminPolicy, karpenterNodeRoleName } from "../../../platform/names";
import { administratorsOf } from "../../../schema/deploy-role";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { grantProblem } from "./granted-access";

export const accessEntries: Check = {
  id: "access-entries",
  title: "access entries",
  async run(snapshot) {
    const { settings } = snapshot;
    const { access } = settings;
    const administrators = administratorsOf(settings);
    const roles = await nodeRoles(snapshot);
    const found = await Promise.all([
      ...administrators.map((admin) => adminProblem(snapshot, admin)),
      ...access.map((grant) => grantProblem(snapshot, grant)),
      ...roles.map((role) => nodeProblem(snapshot, role)),
    ]);
    const counts = [`${administrators.length} of admins`, ...(access.length > 0 ? [`${access.length} of access`] : [])];
    const problems = found.filter((problem) => problem !== undefined);
    return problems.length === 0
      ? holds(`${counts.join(", ")}, ${roles.length} of nodes`)
      : broken(
          problems.join("; "),
          "removed by hand, or a role was deleted and made again, which makes its entry void",
          reviewInvocation(settings, "cluster"),
        );
  },
};

async function adminProblem(snapshot: Snapshot, admin: string): Promise<string | undefined> {
  if (!(await snapshot.accessEntry(admin))) {
    return `${admin} has none`;
  }
  const policies = await snapshot.accessPolicies(admin);
  const isAdministrator = policies.some(
    ({ policyArn, accessScope }) => policyArn?.endsWith(`/${clusterAdminPolicy}`) && accessScope?.type === "cluster",
  );
  return isAdministrator ? undefined : `${admin} is no administrator of the cluster`;
}

async function nodeProblem(snapshot: Snapshot, role: string): Promise<string | undefined> {
  const entry = await snapshot.accessEntry(role);
  return entry?.type === "EC2_LINUX" ? undefined : `${role} has ${entry ? `one of type ${entry.type}` : "none"}`;
}

/** Returns the roles of the node groups, as EKS has them, and the role of Karpenter's nodes, by its name. */
export async function nodeRoles(snapshot: Snapshot): Promise<string[]> {
  const managed = (await snapshot.nodeGroups()).flatMap(({ nodeRole }) => nodeRole ?? []);
  const [, partition, , , account] = ((await snapshot.cluster()).arn ?? "").split(":");
  const { settings } = snapshot;
  const karpenter = `arn:${partition}:iam::${account}:role${settings.iam.path}${karpenterNodeRoleName(settings)}`;
  return [...new Set([...managed, karpenter])];
}
