import { adminViewPolicy, clusterAdminPolicy, karpenterNodeRoleName } from "../../../platform/names";
import { administratorsOf } from "../../../schema/deploy-role";
import { runRoles } from "../../../schema/run-roles";
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
    const runs = runRoles(settings);
    const found = await Promise.all([
      ...administrators.map((admin) => adminProblem(snapshot, admin)),
      ...(runs ? [readerProblem(snapshot, runs.plan)] : []),
      ...access.map((grant) => grantProblem(snapshot, grant)),
      ...roles.map((role) => nodeProblem(snapshot, role)),
    ]);
    const counts = [
      `${administrators.length} of admins`,
      ...(access.length > 0 ? [`${access.length} of access`] : []),
      ...(runs ? ["1 of plans"] : []),
    ];
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
  const isAdministrator = await hasPolicy(snapshot, admin, clusterAdminPolicy);
  return isAdministrator ? undefined : `${admin} is no administrator of the cluster`;
}

/** Says what keeps the role with which HCP Terraform plans from reading what it plans. */
async function readerProblem(snapshot: Snapshot, role: string): Promise<string | undefined> {
  if (!(await snapshot.accessEntry(role))) {
    return `${role}, with which HCP Terraform plans, has none`;
  }
  const isReader = await hasPolicy(snapshot, role, adminViewPolicy);
  return isReader ? undefined : `${role}, with which HCP Terraform plans, may not read the cluster`;
}

async function hasPolicy(snapshot: Snapshot, principal: string, policy: string): Promise<boolean> {
  return (await snapshot.accessPolicies(principal)).some(
    ({ policyArn, accessScope }) => policyArn?.endsWith(`/${policy}`) && accessScope?.type === "cluster",
  );
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
