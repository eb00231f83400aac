import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { type BareRepository, noCommit } from "./bare-repository";
import type { Person } from "./commit";
import { type GitOptions, git, gitText } from "./git";
import { now } from "./now";

export interface FileCommit {
  readonly branch: string;
  /** The branch's head, on which the commit is built; undefined for the first commit of a repository. */
  readonly parent: string | undefined;
  readonly path: string;
  /** Undefined removes the file. */
  readonly content: string | Uint8Array | undefined;
  /**
   * Mode of the file, as git writes it.
   * @default - that of a plain file
   */
  readonly mode?: string | undefined;
  readonly message: string;
  readonly author: Person;
  readonly committer: Person;
}

/** Commits one file, moves the branch from the parent to the new commit, and returns it. Throws Conflict if the branch has moved. */
export async function commitFile(repository: BareRepository, change: FileCommit): Promise<string> {
  const { folder } = repository;
  const { branch, parent, message } = change;
  const index = join(tmpdir(), `rehearsal-index-${randomUUID()}`);
  const environment = { GIT_INDEX_FILE: index, ...signatures(change) };
  try {
    if (parent !== undefined) {
      await git(folder, ["read-tree", parent], { environment });
    }
    await git(folder, ["update-index", "-z", "--index-info"], { environment, input: await indexLine(folder, change) });
    const tree = await gitText(folder, ["write-tree"], { environment });
    const parents = parent === undefined ? [] : ["-p", parent];
    const input = message.endsWith("\n") ? message : `${message}\n`;
    const commit = await gitText(folder, ["commit-tree", tree, ...parents], { environment, input });
    await repository.updateRef(`refs/heads/${branch}`, commit, parent);
    return commit;
  } finally {
    rmSync(index, { force: true });
  }
}

/** Writes the content, and returns the line by which `update-index` learns of the file. */
async function indexLine(folder: string, { path, content, mode = "100644" }: FileCommit): Promise<string> {
  if (content === undefined) {
    return `0 ${noCommit}\t${path}\0`;
  }
  const blob = await gitText(folder, ["hash-object", "-w", "--stdin"], { input: content });
  return `${mode} ${blob}\t${path}\0`;
}

function signatures({ author, committer }: FileCommit): NonNullable<GitOptions["environment"]> {
  return {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: author.date ?? now(),
    GIT_COMMITTER_NAME: committer.name,
    GIT_COMMITTER_EMAIL: committer.email,
    GIT_COMMITTER_DATE: committer.date ?? now(),
  };
}
