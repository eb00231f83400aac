import type { Cluster } from "../../schema/settings";
import { askGithub } from "./github";

interface Branch {
  readonly commit: { readonly sha: string };
}

type Repository = Pick<Cluster["repository"], "branch" | "name" | "owner">;

/**
 * Makes the branch that Flux follows, where the first branch of a repository that is there has another name.
 * @param variables - of a world
 */
export async function ensureBranch(repository: Repository, variables: Readonly<Record<string, string>>): Promise<void> {
  const path = `repos/${repository.owner}/${repository.name}`;
  const { default_branch: first } = await askGithub<{ readonly default_branch: string }>(variables, path);
  if (first !== repository.branch) {
    const sha = await headOf({ ...repository, branch: first }, variables);
    const body = { ref: `refs/heads/${repository.branch}`, sha };
    await askGithub(variables, `${path}/git/refs`, { method: "POST", body });
  }
}

/** Returns the commit at the head of the branch. */
export async function headOf(
  { owner, name, branch }: Repository,
  variables: Readonly<Record<string, string>>,
): Promise<string> {
  const path = `repos/${owner}/${name}/branches/${encodeURIComponent(branch)}`;
  return (await askGithub<Branch>(variables, path)).commit.sha;
}
