import { callText, type GithubCall, type Observer } from "../command/call";
import { timed } from "../command/debug";
import { Failure, failureOf, networkError, whenUnreachable } from "../command/failure";

/** Asks GitHub's REST API. Throws a Failure if it does not answer, or does not take the token. */
export async function askGithub(path: string, token: string, observe: Observer): Promise<Response> {
  const call: GithubCall = { system: "github", method: "GET", path };
  observe(call);
  const url = new URL(path, process.env["GITHUB_BASE_URL"] ?? "https://api.github.com/");
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${token}` };
  const ask = () => fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
  try {
    const response = await timed(callText(call), ask, ({ status }) => `${status}`);
    if (response.status === 401) {
      throw new Failure("no credentials", "GitHub does not accept GITHUB_TOKEN", "make a new token, or unset it");
    }
    return response;
  } catch (thrown) {
    const code = networkError(thrown);
    throw code === undefined
      ? failureOf(thrown, call)
      : new Failure("unreachable", `GitHub does not answer (${code})`, whenUnreachable());
  }
}

/** Returns the failure of an answer that cannot be used. */
export function unexpectedStatus({ status }: Response, path: string): Error {
  return failureOf(new Error(`status ${status}`), { system: "github", method: "GET", path });
}
