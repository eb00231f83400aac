import type { Observer } from "../command/call";
import { Failure } from "../command/failure";
import { askGithub, unexpectedStatus } from "./request";

export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** A repository, as GitHub describes it (REST API, "Repositories"). */
export interface DescribedRepository {
  readonly visibility: string;
  readonly created_at: string;
  readonly pushed_at: string;
  readonly archived: boolean;
}

/** Returns a repository; nothing if GitHub shows none of that name. Throws a Failure without GITHUB_TOKEN. */
export async function repository(
  { owner, name }: RepositoryName,
  observe: Observer,
): Promise<DescribedRepository | undefined> {
  const path = `repos/${owner}/${name}`;
  const response = await askGithub(path, requiredToken({ owner, name }), observe);
  if (response.status === 404) {
    return undefined;
  }
  if (response.status === 403) {
    throw notShown(`${owner}/${name}`, response, "Metadata");
  }
  if (response.status !== 200) {
    throw unexpectedStatus(response, path);
  }
  return (await response.json()) as DescribedRepository;
}

/** Returns the token for a repository that cannot be left out. */
export function requiredToken({ owner, name }: RepositoryName): string {
  const token = process.env["GITHUB_TOKEN"];
  if (!token) {
    throw new Failure(
      "no credentials",
      `GITHUB_TOKEN is not set, and ${owner}/${name} has to be asked`,
      "set GITHUB_TOKEN to a token like the one with which the bootstrap stack is applied",
    );
  }
  return token;
}

/** Returns the failure of a token that may not see something. */
export function notShown(what: string, { status }: Response, permission: string): Failure {
  return new Failure(
    "denied",
    `GitHub does not show GITHUB_TOKEN ${what} (${status})`,
    `give the token read on ${permission} of the repository`,
  );
}
