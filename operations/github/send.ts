import { callText, type GithubCall } from "../command/call";
import { timed } from "../command/debug";
import { Failure, failureOf, networkError, whenUnreachable } from "../command/failure";

/** Asks GitHub, and returns its answer, which may be a refusal; throws a Failure if there is none. */
export async function send(call: GithubCall, token: string): Promise<Response> {
  const url = new URL(call.path, process.env["GITHUB_BASE_URL"] ?? "https://api.github.com/");
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${token}` };
  const ask = () => fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
  try {
    return await timed(callText(call), ask, ({ status }) => `${status}`);
  } catch (thrown) {
    const code = networkError(thrown);
    throw code === undefined
      ? failureOf(thrown, call)
      : new Failure("unreachable", `GitHub does not answer (${code})`, whenUnreachable());
  }
}
