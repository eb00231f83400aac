import { CommandError } from "../../operations/command/failure";

interface GithubRequest {
  readonly method: string;
  readonly body: object | undefined;
}

/** Calls GitHub's REST API in a world, as whoever its token belongs to. */
export async function askGithub<Answer>(
  { GITHUB_BASE_URL: url = "", GITHUB_TOKEN: token = "" }: Readonly<Record<string, string | undefined>>,
  path: string,
  { method, body }: GithubRequest = { method: "GET", body: undefined },
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new CommandError(`github ${method} ${path}: ${answer.status} ${text}`);
  }
  return (text ? JSON.parse(text) : undefined) as Answer;
}
