import { accountOf } from "../account";
import { identityOf } from "../principals";
import { partitionOf } from "../region";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns why `deployRole` can't be the role that deploys this cluster. */
export function deployRoleDisagreements({ account, region, admins, deployRole }: SoundSettings): Mistake[] {
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
  const index = admins?.findIndex((arn) => arn !== deployRole && identityOf(arn) === identityOf(deployRole)) ?? -1;
  if (index >= 0) {
    messages.push(
      `differs from admins[${index}] in path or case alone, and IAM has one role of a name; write both as IAM shows it`,
    );
  }
  return messages.map((message) => ({ path: ["deployRole"], message }));
}
