import { STSClient } from "@aws-sdk/client-sts";
import type { AwsCredentialIdentityProvider, RetryStrategyV2 } from "@smithy/types";

import { shortMessage } from "../../platform/visible-text";
import type { Observer } from "../command/call";
import { Failure } from "../command/failure";
import { rememberSuccess } from "../command/remember";
import { assumedRole } from "./assumed-role";
import { type Identity, identityOf } from "./identity";
import { observeClient, unknownPrincipal } from "./observation";
import { retryStrategy } from "./retry-strategy";

/** The cluster for which AWS is asked. */
export interface AwsTarget {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /**
   * ARN of the role as which AWS is asked.
   * @default - the credentials of the SDK's default chain are used as they are
   */
  readonly deployRole?: string | undefined;
}

/** With what clients of the SDK are made. */
export interface AwsConfig {
  readonly region: string;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
  readonly credentials: AwsCredentialIdentityProvider;
  readonly retryStrategy: RetryStrategyV2;
}

/** Credentials of the cluster's account, as which AWS is asked. */
export interface AwsSession {
  /** Its credentials are those of the cluster's account; a client that is made with it throws a Failure where they are of another. */
  readonly config: AwsConfig;
  readonly sts: STSClient;
  /** Returns who the credentials belong to; STS is asked once. Throws a Failure if they are of another account. */
  identity(): Promise<Identity>;
}

// package.json says which Node this needs; that a later SDK will need another is no news to whoever runs a command.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/**
 * Returns a session of the cluster's `deployRole`; without one, of whoever is logged in by the SDK's default chain.
 * @param requestTimeout - milliseconds after which a service that has not answered is unreachable
 */
export function awsSession(target: AwsTarget, observe: Observer, requestTimeout = 30_000): AwsSession {
  const { region, account, deployRole } = target;
  // A machine without a way to the network hears of it soon. Without throwOnRequestTimeout, the SDK warns and waits on.
  const requestHandler = { connectionTimeout: 5_000, requestTimeout, throwOnRequestTimeout: true };
  const base = { region, requestHandler, retryStrategy: retryStrategy() };
  const observed = (sts: STSClient) => {
    // STS can't be asked whom STS refused.
    observeClient(sts, "sts", observe, unknownPrincipal);
    return sts;
  };
  const loggedIn = observed(new STSClient(base));
  const sts =
    deployRole === undefined
      ? loggedIn
      : observed(new STSClient({ ...base, credentials: assumedRole(loggedIn, { ...target, deployRole }) }));
  const identity = rememberSuccess(async () => {
    const found = await identityOf(sts);
    if (found.account !== account) {
      throw wrongAccount(found, target);
    }
    return found;
  });
  // One chain of credentials serves all clients: a program that it runs (credential_process) is run once.
  const credentials = async () => {
    await identity();
    return sts.config.credentials();
  };
  return { config: { ...base, credentials }, sts, identity };
}

/** Returns a failure that names both accounts: clusters of two accounts may have one name. */
function wrongAccount({ account }: Identity, target: AwsTarget): Failure {
  return new Failure(
    "wrong account",
    `your credentials are of account ${shortMessage(account)}, and ${target.name} is in ${target.account}`,
    "use credentials of that account (AWS_PROFILE)",
  );
}
