import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

/** Who credentials belong to. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** Asks STS whose a client's credentials are. */
export async function identityOf(sts: STSClient): Promise<Identity> {
  const { Account: account = "", Arn: arn = "" } = await sts.send(new GetCallerIdentityCommand({}));
  return { account, arn };
}
