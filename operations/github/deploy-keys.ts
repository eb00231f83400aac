import type { Observer } from "../command/call";
import { notShown, type RepositoryName, requiredToken } from "./repository";
import { askGithub, unexpectedStatus } from "./request";

/** A key by which somebody may read a repository, or write to it (GitHub, REST API, "Deploy keys"). */
export interface DeployKey {
  readonly id: number;
  readonly title: string;
  /** In OpenSSH's format. */
  readonly key: string;
  readonly created_at: string;
  readonly read_only: boolean;
}

const keysPerPage = 100;

/** Returns all deploy keys of a repository. Throws a Failure without a GITHUB_TOKEN that may see them. */
export async function deployKeys(repository: RepositoryName, observe: Observer): Promise<DeployKey[]> {
  const token = requiredToken(repository);
  const keys: DeployKey[] = [];
  for (let page = 1; ; page++) {
    const path = `repos/${repository.owner}/${repository.name}/keys?per_page=${keysPerPage}&page=${page}`;
    const response = await askGithub(path, token, observe);
    if (response.status === 403 || response.status === 404) {
      throw notShown(`the deploy keys of ${repository.owner}/${repository.name}`, response, "Administration");
    }
    if (response.status !== 200) {
      throw unexpectedStatus(response, path);
    }
    const found = (await response.json()) as DeployKey[];
    keys.push(...found);
    if (found.length < keysPerPage) {
      return keys;
    }
  }
}
