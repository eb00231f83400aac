import { callText, type GithubCall } from "../command/call";
import { timed } from "../command/debug";
import { Failure, failureOf, networkError, retryOfCut, whenUnreachable } from "../command/failure";
import { patiently, retryAfterOf } from "../command/patience";

/** What GitHub answers, which may be a refusal. */
export interface GithubAnswer {
  /** Of HTTP; none that says that GitHub is in trouble. */
  readonly status: number;
  /** Parsed JSON where the status is 200; undefined otherwise. */
  readonly body: unknown;
}

/** Asks GitHub, again while that may help; throws a Failure if there is no answer. */
export function send(call: GithubCall, token: string): Promise<GithubAnswer> {
  const url = new URL(call.path, process.env["GITHUB_BASE_URL"] ?? "https://api.github.com/");
  const headers = { accept: "application/vnd.github+json", authorization: `Bearer ${token}` };
  const ask = async () => {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(20_000) });
    return { response, text: await response.text() };
  };
  return patiently(async () => {
    const { response, text } = await timed(callText(call), ask, ({ response: { status } }) => `${status}`).catch(
      (thrown) => {
        throw sendFailure(thrown, call);
      },
    );
    const { status } = response;
    if (status === 429 || status >= 500) {
      const retryAfter = retryAfterOf(response.headers.get("retry-after"));
      throw failureOf(new Error(`status ${status}`), call, { retryAfter });
    }
    return { status, body: status === 200 ? parsed(text, url.host) : undefined };
  });
}

function sendFailure(thrown: unknown, call: GithubCall): Error {
  const code = networkError(thrown);
  return code === undefined
    ? failureOf(thrown, call)
    : new Failure("unreachable", `GitHub does not answer (${code})`, whenUnreachable(), retryOfCut(code));
}

function parsed(text: string, host: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const next = `see what answers in its place: curl https://${host}/`;
    throw new Failure("unreachable", `${host} does not answer as GitHub does: its answer is no JSON`, next);
  }
}
