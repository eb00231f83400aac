import type { AwsCall } from "../command/call";
import { Failure, failureOf, networkError } from "../command/failure";

/** Names of the same refusal in the services' protocols. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  missing: ["CredentialsProviderError", "TokenProviderError"],
  expired: ["ExpiredToken", "ExpiredTokenException", "RequestExpired"],
  wrong: [
    "AuthFailure",
    "IncompleteSignature",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
  ],
  denied: [
    "AccessDenied",
    "AccessDeniedException",
    "AuthorizationError",
    "ForbiddenException",
    "UnauthorizedOperation",
  ],
};

/**
 * What to say of what an AWS SDK client threw.
 * @param principal - says who was refused
 */
export async function awsFailure(thrown: unknown, call: AwsCall, principal: () => Promise<string>): Promise<Failure> {
  const name = thrown instanceof Error ? thrown.name : "";
  const options = { cause: thrown };
  switch (Object.keys(kinds).find((kind) => kinds[kind]?.includes(name))) {
    case "missing":
      return new Failure("no credentials", "no AWS credentials were found", logIn, options);
    case "expired":
      return new Failure("no credentials", "the AWS credentials have expired", logIn, options);
    case "wrong":
      return new Failure("no credentials", `AWS does not accept the credentials (${name})`, logIn, options);
    case "denied":
      return new Failure(
        "denied",
        `${await principal()} may not ${call.action}`,
        `allow ${call.action} to it in IAM; docs/verify.md and docs/teardown.md have whole policies`,
        options,
      );
  }
  const code = networkError(thrown);
  return code === undefined
    ? failureOf(thrown, call)
    : new Failure(
        "unreachable",
        `AWS does not answer ${call.action} (${code})`,
        "check the way to the internet",
        options,
      );
}

const logIn = "log in (aws sso login), or set AWS_PROFILE; aws sts get-caller-identity says who you are";
