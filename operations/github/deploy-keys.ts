import type { Cluster } from "../../schema/settings";
import type { GithubCall, Observer } from "../command/call";
import { send } from "./send";

/** A key by which somebody reads a repository, or writes to it (GitHub, REST API, "Deploy keys"). */
export interface DeployKey {
  readonly id: number;
  readonly title: string;
  /** In OpenSSH's format. */
  readonly key: string;
  readonly created_at: string;
  readonly read_only: boolean;
}

/** Returns the first hundred deploy keys of a repository; nothing if GITHUB_TOKEN is not set or may not see them. */
export async function deployKeys(
  { owner, name }: Cluster["repository"],
  observe: Observer,
): Promise<readonly DeployKey[] | undefined> {
  const token = process.env["GITHUB_TOKEN"];
  if (!token) {
    return undefined;
  }
  const call: GithubCall = { system: "github", method: "GET", path: `repos/${owner}/${name}/keys?per_page=100` };
  observe(call);
  return (await send(call, token)).body as readonly DeployKey[] | undefined;
}
