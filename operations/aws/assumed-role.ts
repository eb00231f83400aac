import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@smithy/types";

import { deploySessionName } from "../../platform/names";
import { shortMessage } from "../../platform/visible-text";
import { Failure } from "../command/failure";
import { identityOf } from "./identity";

export interface RoleToAssume {
  /** Name of the cluster. */
  readonly name: string;
  readonly account: string;
  /** ARN of the role. */
  readonly deployRole: string;
}

/**
 * Returns credentials of a session of the role, for an hour: AWS gives no more to whoever has a role (repost.aws, iam-role-chaining-limit).
 * The SDK asks for others before they end.
 * @param sts - client with the credentials of whoever assumes it
 */
export function assumedRole(sts: STSClient, role: RoleToAssume): AwsCredentialIdentityProvider {
  return async () => {
    const session = { RoleArn: role.deployRole, RoleSessionName: deploySessionName(role.name, "commands") };
    const { Credentials: given } = await sts.send(new AssumeRoleCommand(session)).catch(async (thrown) => {
      throw thrown instanceof Failure && thrown.kind === "denied" ? await refusal(sts, role, thrown) : thrown;
    });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "", Expiration } = given ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      ...(Expiration === undefined ? {} : { expiration: Expiration }),
    };
  };
}

/** Says who may not assume the role. AWS answers the same where the role is not there. */
async function refusal(sts: STSClient, { name, account, deployRole }: RoleToAssume, cause: Error): Promise<Failure> {
  const caller = await identityOf(sts);
  const who = shortMessage(caller.arn);
  const role = `deployRole of ${name}, ${deployRole}`;
  if (caller.account !== account) {
    return new Failure(
      "wrong account",
      `your credentials are of account ${shortMessage(caller.account)}, and ${name} is in ${account}: ${who} may not assume the ${role}`,
      `use credentials that may (AWS_PROFILE), or have ${allowance}`,
      { cause },
    );
  }
  const next = isSessionOf(deployRole, caller.arn)
    ? "let its trust policy name the role itself, too, or log in as somebody else (AWS_PROFILE): docs/deploying.md"
    : `use credentials that may (AWS_PROFILE), or have ${allowance}; see that the role is there`;
  return new Failure("no credentials", `${who} may not assume the ${role}`, next, { cause });
}

const allowance = "sts:AssumeRole allowed, by IAM and by the role's trust policy: docs/deploying.md";

/** Returns whether somebody has the role already. A session's ARN lacks the role's path. */
function isSessionOf(role: string, arn: string): boolean {
  const [, , , , , resource = ""] = arn.split(":");
  const [kind, roleName] = resource.split("/");
  return kind === "assumed-role" && roleName === role.split("/").at(-1);
}
