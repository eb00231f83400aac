import { visibleLine } from "../../platform/visible-text";
import { callText, type KubernetesCall } from "../command/call";
import { Failure, failureOf, networkError } from "../command/failure";
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
  });
}

/** Returns the failure that an HTTP status stands for; nothing if the caller can use the answer, a 404 among them. */
export async function statusFailure(
  status: number,
  call: KubernetesCall,
  body: () => Promise<string> = async () => "",
): Promise<Error | undefined> {
  if (status === 401) {
    return new Failure(
      "unauthorized",
      "the cluster does not know you (401)",
      "add your user or role to admins in settings.ts, and apply the cluster stack",
    );
  }
  if (status === 403) {
    return forbidden(call, messageIn(await body()));
  }
  return status === 429 || status >= 500
    ? failureOf(new Error(`status ${status}: ${messageIn(await body())}`), call)
    : undefined;
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
  return visibleLine(message === undefined ? body.slice(0, 200) : JSON.parse(message));
}
