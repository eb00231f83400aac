import { buffer } from "node:stream/consumers";
import type { HttpResponse } from "@smithy/types";

import { shortMessage } from "../../platform/visible-text";
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
  if (error instanceof Failure) {
    return error;
  }
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
    return new Failure("denied", `${shortMessage(await principal())} may not ${call.action}`, next, { cause: thrown });
  }
  const code = networkError(thrown);
  if (code === undefined) {
    // Some messages repeat names and tags that anybody may have written.
    return failureOf(new Error(shortMessage(error.message), { cause: error }), call);
  }
  const message = `AWS does not answer ${call.action} (${code})`;
  return new Failure("unreachable", message, whenUnreachable(), { cause: thrown });
}

/**
 * Throws if a web page came in place of an answer, as of a proxy. The SDK would read it as an answer that holds nothing, and that would be
 * taken for resources that are not there.
 */
export async function expectNoWebPage(response: HttpResponse, call: AwsCall): Promise<void> {
  const { headers, statusCode } = response;
  if (!/html/i.test(headers["content-type"] ?? "") || !(await isWebPage(response))) {
    return;
  }
  if (statusCode >= 500) {
    // The SDK asks again by this status.
    const $metadata = { httpStatusCode: statusCode };
    throw Object.assign(new Error(`status ${statusCode}, with a web page`), { $metadata });
  }
  throw new Failure(
    "unreachable",
    `the answer to ${call.action} is a web page (status ${statusCode}), and not of AWS`,
    "see what stands between this machine and AWS, as a proxy or a log-in to the network",
  );
}

/** Reads a body, which stays to be read, and returns whether it is HTML: servers name that by default, whatever they send. */
async function isWebPage(response: HttpResponse): Promise<boolean> {
  response.body = await buffer(response.body);
  return /^\s*<(?:!doctype|html|head|body)\b/i.test(String(response.body.subarray(0, 1_000)));
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
