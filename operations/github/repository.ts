import type { GithubCall, Observer } from "../command/call";
import { Failure, failureOf } from "../command/failure";
import { send } from "./send";

/** A repository, as GitHub describes it (REST API, "Repositories"). */
export interface DescribedRepository {
  readonly visibility: string;
  readonly created_at: string;
  readonly pushed_at: string;
  readonly archived: boolean;
}

/** Returns a repository; nothing if GitHub shows GITHUB_TOKEN none of that name. Throws a Failure without the token. */
export async function repository(
  { owner, name }: { readonly owner: string; readonly name: string },
  observe: Observer,
): Promise<DescribedRepository | undefined> {
  const token = process.env["GITHUB_TOKEN"];
  if (!token) {
    const next = "set GITHUB_TOKEN to a token like the one with which the bootstrap stack is applied";
    throw new Failure("no credentials", `GITHUB_TOKEN is not set, and ${owner}/${name} has to be looked for`, next);
  }
  const call: GithubCall = { system: "github", method: "GET", path: `repos/${owner}/${name}` };
  observe(call);
  const { status, body } = await send(call, token);
  if (status === 401) {
    throw new Failure("no credentials", "GitHub does not accept GITHUB_TOKEN", "make a new token");
  }
  if (status === 404) {
    return undefined;
  }
  if (status !== 200) {
    throw failureOf(new Error(`status ${status}`), call);
  }
  return body as DescribedRepository;
}
