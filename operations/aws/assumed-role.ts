import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider } from "@smithy/types";

import { deploySessionName } from "../../platform/names";
import { shortMessage } from "../../platform/visible-text";
import { Failure } from "../command/failure";
import { type Identity, identityOf } from "./identity";

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

/** Says who may not assume the role; of which accounts both are, if not of one. AWS answers the same where the role is not there. */
async function refusal(sts: STSClient, { name, account, deployRole }: RoleToAssume, cause: Error): Promise<Failure> {
  const caller = await identityOf(sts);
  const isOfAccount = caller.account === account;
  const from = isOfAccount ? "" : `, of account ${shortMessage(caller.account)},`;
  const to = isOfAccount ? "" : `, of account ${account}`;
  const message = `${shortMessage(caller.arn)}${from} may not assume the deployRole of ${name}, ${deployRole}${to}`;
  return new Failure("no credentials", message, isSessionOf(deployRole, caller) ? trustItself : allow, { cause });
}

const allow =
  "use credentials that may (AWS_PROFILE), or have sts:AssumeRole allowed, by IAM and by the role's trust policy (docs/deploying.md); see that the role is there";
const trustItself =
  "let its trust policy name the role itself, too, or log in as somebody else (AWS_PROFILE): docs/deploying.md";

/** Returns whether somebody has the role already. A session's ARN lacks the role's path. */
function isSessionOf(role: string, { account, arn }: Identity): boolean {
  const [, , , , roleAccount] = role.split(":");
  const [, , , , , resource = ""] = arn.split(":");
  const [kind, roleName] = resource.split("/");
  return kind === "assumed-role" && account === roleAccount && roleName === role.split("/").at(-1);
}
