import { shortMessage } from "../../platform/visible-text";
import { callText, type KubernetesCall } from "../command/call";
import { Failure, failureOf, networkError, retryOfCut } from "../command/failure";
import { retryAfterOf } from "../command/patience";
import type { KubernetesEndpoint } from "./endpoint";

/** Returns the failure of a request that got no answer. */
export function kubernetesFailure(
  thrown: unknown,
  call: KubernetesCall,
  { server, apiAccess }: Pick<KubernetesEndpoint, "server" | "apiAccess">,
): Error {
  const code = networkError(thrown);
  if (code === undefined) {
    return failureOf(thrown, call);
  }
  const next =
    apiAccess.length === 0
      ? "run this on a machine in the VPC: apiAccess is [], so the endpoint is private"
      : `see that your address (curl https://checkip.amazonaws.com) is within apiAccess (${apiAccess.join(", ")})`;
  return new Failure("unreachable", `the Kubernetes API at ${server} does not answer (${code})`, next, {
    cause: thrown,
    ...retryOfCut(code),
  });
}

/** What an HTTP answer says, as far as it may be a refusal. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** Its header of that name. */
  readonly retryAfter: string | undefined;
}

/** Returns the failure that an HTTP answer stands for; nothing if the caller can use it, a 404 among them. */
export function statusFailure({ status, body, retryAfter }: HttpAnswer, call: KubernetesCall): Error | undefined {
  // Where no status was read, it is NaN.
  if (!(status >= 400) || status === 404) {
    return undefined;
  }
  if (status === 401) {
    return new Failure(
      "unauthorized",
      "the cluster does not know you (401)",
      "add your user or role to admins in settings.ts, and apply the cluster stack",
    );
  }
  const message = messageIn(body);
  if (status === 403) {
    return forbidden(call, message);
  }
  if (status === 429 || status >= 500) {
    // A webhook that nobody answers stays so for longer than a call waits.
    const options = /\bwebhook\b/.test(message) ? {} : { retryAfter: retryAfterOf(retryAfter) };
    return failureOf(new Error(`status ${status}: ${message}`), call, options);
  }
  // Somebody else has changed the object meanwhile. What was meant for an earlier state of it alone, though, is never right again.
  const mayPass = status === 409 && !/precondition/i.test(message);
  return new Failure(
    "unexpected",
    `the cluster refuses to ${callText(call)} (${status}): ${message}`,
    "change what that names, and run this again",
    mayPass ? { retryAfter: 0 } : {},
  );
}

/** Tells an admission webhook or policy, which says that it denied the request, from RBAC. */
function forbidden(call: KubernetesCall, message: string): Error {
  return / denied (?:the )?request/.test(message)
    ? new Failure("forbidden", `the cluster refuses to ${callText(call)}: ${message}`, "change that webhook or policy")
    : notAllowed(`${callText(call)} (403)`);
}

/** Returns the failure of somebody who has no right to do something: `get pods/portforward in kube-system`. */
export function notAllowed(what: string): Failure {
  return new Failure(
    "forbidden",
    `the cluster does not let you ${what}`,
    "use the credentials of one of admins, or have your access entry allow it",
  );
}

/**
 * Returns the message of a Status, in which the API server says what is wrong; else the beginning of the body. It is on one line: a
 * webhook's message could forge our lines otherwise.
 */
function messageIn(body: string): string {
  const message = /"message":\s*("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  try {
    return shortMessage(JSON.parse(message ?? ""));
  } catch {
    return shortMessage(body.slice(0, 200));
  }
}
