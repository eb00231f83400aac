import type { Cluster } from "../../schema/settings";
import type { GithubCall, Observer } from "../command/call";
import { Failure, failureOf } from "../command/failure";
import { send } from "./send";

/** Returns the commit at the head of a branch; nothing if GITHUB_TOKEN is not set. */
export async function branchHead(
  { owner, name, branch }: Cluster["repository"],
  observe: Observer,
): Promise<string | undefined> {
  const token = process.env["GITHUB_TOKEN"];
  if (!token) {
    return undefined;
  }
  const path = `repos/${owner}/${name}/branches/${encodeURIComponent(branch)}`;
  const call: GithubCall = { system: "github", method: "GET", path };
  observe(call);
  const { status, body } = await send(call, token);
  switch (status) {
    case 200:
      return (body as { readonly commit: { readonly sha: string } }).commit.sha;
    case 401:
      throw new Failure("no credentials", "GitHub does not accept GITHUB_TOKEN", "make a new token, or unset it");
    case 403:
      throw new Failure(
        "denied",
        `GitHub does not let GITHUB_TOKEN read ${owner}/${name} (403)`,
        "authorize the token for the organization; or its rate limit is reached, which passes",
      );
    case 404:
      throw new Failure(
        "denied",
        `GitHub shows GITHUB_TOKEN no branch ${branch} of ${owner}/${name}`,
        "give the token read on Contents of the repository; or the branch is gone",
      );
    default:
      throw failureOf(new Error(`status ${status}`), call);
  }
}
