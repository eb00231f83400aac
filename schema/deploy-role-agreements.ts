import { accountOf } from "./account";
import type { Mistake } from "./agreements";
import type { Cluster } from "./cluster";
import { partitionOf } from "./region";

/** Returns why `deployRole` can't be the role that deploys this cluster. It looks only at settings that are sound by themselves. */
export function deployRoleDisagreements({ account, region, admins, deployRole }: Partial<Cluster>): Mistake[] {
  if (deployRole === undefined) {
    return [];
  }
  const messages: string[] = [];
  if (region !== undefined && !deployRole.startsWith(`arn:${partitionOf(region)}:`)) {
    messages.push(`is not of ${region}'s partition; write 'arn:${partitionOf(region)}:iam::…'`);
  }
  if (account !== undefined && accountOf(deployRole) !== account) {
    messages.push(`is not of account ${account}, and would deploy into its own; name a role of that account`);
  }
  const index = admins?.findIndex((arn) => arn !== deployRole && roleNameOf(arn) === roleNameOf(deployRole)) ?? -1;
  if (index >= 0) {
    messages.push(
      `differs from admins[${index}] in path or case alone, and IAM has one role of a name; write both as IAM shows it`,
    );
  }
  return messages.map((message) => ({ path: ["deployRole"], message }));
}

/** Returns by what IAM tells a role from others: `111122223333 role deployer`. Neither case nor path do (API reference, CreateRole). */
function roleNameOf(arn: string): string {
  const parts = arn.split(":").slice(5).join(":").toLowerCase().split("/");
  return `${accountOf(arn)} ${parts[0]} ${parts.at(-1)}`;
}
