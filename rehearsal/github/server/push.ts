import type { Journal } from "../../control/journal";
import type { HostedRepository } from "../repositories/hosted-repository";
import { now } from "../repositories/now";
import type { RepositoryChange } from "../rest/request";

/**
 * Journals which references a push has moved. The first branch of an empty repository becomes its default branch.
 * @param before - commits by reference, before the push
 */
export async function recordPush(
  repository: HostedRepository,
  before: Readonly<Record<string, string>>,
  path: string,
  journal: Journal<RepositoryChange>,
): Promise<void> {
  const { owner, name } = repository.metadata;
  const after = await repository.refs();
  const moved = Object.keys({ ...before, ...after }).filter((ref) => before[ref] !== after[ref]);
  for (const ref of moved) {
    journal.add({
      method: "PUSH",
      path,
      repository: `${owner}/${name}`,
      branch: ref.replace("refs/heads/", ""),
      commit: after[ref] ?? null,
      parent: before[ref] ?? null,
    });
  }
  const first = moved.find((ref) => ref.startsWith("refs/heads/"));
  if (Object.keys(before).length === 0 && first !== undefined) {
    await repository.setDefaultBranch(first.replace("refs/heads/", ""));
  } else if (moved.length > 0) {
    repository.save({ pushed_at: now() });
  }
}
