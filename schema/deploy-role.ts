import * as z from "zod";

import { principalProblem } from "./principals";

const rule =
  "must be the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/platform-deployer' (its path belongs to it)";

/** Returns why nobody could assume `arn` and deploy as it, and what to write instead. */
function problemOf(arn: string): string | undefined {
  if (/:user\//.test(arn)) {
    return "is a user, and only roles can be assumed; name a role that trusts it";
  }
  if (/:role\/.*AWSReservedSSO_/.test(arn)) {
    // repost.aws/knowledge-center/identity-center-aws-reserved-sso: such a role is modifiable by AWS alone.
    return "is a role of IAM Identity Center, whose trust nobody can change, so that none but its own people become it; name a role that trusts it";
  }
  const problem = principalProblem(arn);
  return problem?.startsWith("must be the ARN") ? rule : problem;
}

export const deployRole = z.string(rule).superRefine((arn, context) => {
  const message = problemOf(arn);
  if (message) {
    context.addIssue({ code: "custom", message });
  }
});

/** Whom the settings of a cluster let administer it. */
interface Administrators {
  readonly admins: readonly string[];
  /** @default - whoever is logged in deploys */
  readonly deployRole?: string | undefined;
}

/** Returns the ARNs of all that administer a cluster: `deployRole` does, whether `admins` names it or not. */
export function administratorsOf({ admins, deployRole }: Administrators): readonly string[] {
  return deployRole === undefined || admins.includes(deployRole) ? admins : [...admins, deployRole];
}
