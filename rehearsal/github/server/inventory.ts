import type { Accounts } from "../repositories/accounts";
import type { HostedRepository } from "../repositories/hosted-repository";

/** Returns what there is: repositories with their branches, the files of the default branch, and deploy keys. */
export async function inventory(accounts: Accounts) {
  return { repositories: await Promise.all(accounts.repositories().map(contents)) };
}

async function contents(repository: HostedRepository) {
  const { owner, name, visibility, archived, default_branch, topics, keys } = repository.metadata;
  const heads = Object.entries(await repository.refs("refs/heads"));
  const branches = Object.fromEntries(heads.map(([ref, commit]) => [ref.replace("refs/heads/", ""), commit]));
  const head = branches[default_branch];
  return {
    full_name: `${owner}/${name}`,
    visibility,
    archived,
    default_branch,
    topics,
    branches,
    keys: keys.map(({ id, title, read_only }) => ({ id, title, read_only })),
    files: head === undefined ? [] : await repository.files(head),
  };
}
