import * as z from "zod";

import type { BackendSettings } from "./backend";
import type { IamSettings } from "./iam";
import { principalProblem } from "./principals";
import { runRoles } from "./run-roles";

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

/** What says who administers a cluster. */
interface Administrators extends Deployment {
  readonly admins: readonly string[];
}

/** What says as whom all is done for a cluster. */
interface Deployment {
  readonly account: string;
  readonly region: string;
  /** @default - all is done as whoever is logged in */
  readonly deployRole?: string | undefined;
  /** @default - it is not known, as of another commit's settings */
  readonly backend?: BackendSettings | undefined;
  /** @default - names as they are, without a path */
  readonly iam?: Pick<IamSettings, "path" | "namePrefix"> | undefined;
}

/**
 * Returns the ARNs of all that administer a cluster: `deployRole` does, and the role with which runs in HCP Terraform apply, whether
 * `admins` names them or not.
 */
export function administratorsOf(cluster: Administrators): readonly string[] {
  const { admins, deployRole, account, region, backend, iam } = cluster;
  const others = [deployRole, backend && runRoles({ account, region, backend, iam })?.apply];
  return [...new Set([...admins, ...others.filter((arn) => arn !== undefined)])];
}

/**
 * Returns the role that Terraform assumes for a cluster; none where runs in HCP Terraform have roles of their own in its account: the one
 * with which they plan could do everything if it might assume this one.
 */
export function assumedRole({ account, region, backend, deployRole }: Deployment): string | undefined {
  return backend && runRoles({ account, region, backend }) ? undefined : deployRole;
}
