import { visibleLine } from "../../platform/visible-text";
import type { AwsCall } from "../command/call";
import { errorOf, Failure, failureOf, networkError, whenUnreachable } from "../command/failure";
import { expiredCredentials, missingCredentials, wrongCredentials } from "./credentials";

/** The names that the protocols of the services have for the same refusal. */
const errorNames: Readonly<Record<"missing" | "expired" | "wrong" | "denied", readonly string[]>> = {
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
 * Returns the failure that an AWS SDK client's error stands for.
 * @param principal - asks who was refused
 */
export async function awsFailure(thrown: unknown, call: AwsCall, principal: () => Promise<string>): Promise<Error> {
  const error = errorOf(thrown);
  if (errorNames.missing.includes(error.name)) {
    return missingCredentials(error);
  }
  if (errorNames.expired.includes(error.name)) {
    return expiredCredentials(error);
  }
  if (errorNames.wrong.includes(error.name)) {
    return wrongCredentials(error);
  }
  if (errorNames.denied.includes(error.name)) {
    const next = `allow ${call.action} to it in IAM; docs/verify.md, docs/repair.md and docs/teardown.md have whole policies`;
    return new Failure("denied", `${await principal()} may not ${call.action}`, next, { cause: thrown });
  }
  const code = networkError(thrown);
  if (code === undefined) {
    // Some messages repeat names and tags that anybody may have written.
    return failureOf(new Error(visibleLine(error.message), { cause: error }), call);
  }
  const message = `AWS does not answer ${call.action} (${code})`;
  return new Failure("unreachable", message, whenUnreachable(), { cause: thrown });
}

/** Returns whether a service answered that what it was asked for does not exist. */
export function isResourceNotFound(thrown: unknown): boolean {
  return thrown instanceof Error && /NotFound|NonExistentQueue|QueueDoesNotExist|NoSuchEntity/.test(thrown.name);
}

/** Returns the answer, or nothing if AWS answers that there is no such resource. */
export async function ifResourceExists<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (isResourceNotFound(thrown)) {
      return undefined;
    }
    throw thrown;
  }
}
