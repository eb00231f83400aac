import { callText, type KubernetesCall } from "../command/call";
import { Failure, failureOf, networkError } from "../command/failure";
import type { KubernetesEndpoint } from "./endpoint";

/** What to say of a request that got no answer. */
export function kubernetesFailure(
  thrown: unknown,
  call: KubernetesCall,
  { server, apiAccess }: Pick<KubernetesEndpoint, "server" | "apiAccess">,
): Failure {
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

/** What to say of an answer by which the API server refuses, or that it can't give. */
export async function refusal(
  status: number,
  call: KubernetesCall,
  body: () => Promise<string> = async () => "",
): Promise<Failure | undefined> {
  if (status === 401) {
    return new Failure(
      "unauthorized",
      "the cluster does not know you (401)",
      "add your user or role to admins in settings.ts, and apply the cluster stack",
    );
  }
  if (status === 403) {
    const message = messageIn(await body());
    return / denied (?:the )?request/.test(message)
      ? new Failure(
          "forbidden",
          `the cluster refuses to ${callText(call)}: ${message}`,
          "change that webhook or policy",
        )
      : new Failure(
          "forbidden",
          `the cluster does not let you ${callText(call)} (403)`,
          "use the credentials of one of admins, or have your access entry allow it",
        );
  }
  return status === 429 || status >= 500
    ? failureOf(new Error(`status ${status}: ${messageIn(await body())}`), call)
    : undefined;
}

/** Of a Status, as the API server says what is wrong; else what it says. */
function messageIn(body: string): string {
  const said = /"message":\s*("(?:[^"\\]|\\.)*")/.exec(body)?.[1];
  return said === undefined ? body.slice(0, 200) : JSON.parse(said);
}
