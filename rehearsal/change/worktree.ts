import { rmSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { type Commit, lastLine, runGit, shortHash } from "./git";

/** By this and the process that made it Git knows a working tree of a rehearsal, which it locks so that nobody prunes it meanwhile. */
const reason = "npm run rehearse, process";

/**
 * Does something with the sources of a commit, in a working tree that goes afterwards.
 * @param folder - where the working tree is made; nothing may be there
 * @param act - is given the folder of this project in it
 */
export async function inWorktree<Result>(
  commit: Commit,
  folder: string,
  signal: AbortSignal,
  act: (project: string) => Promise<Result>,
): Promise<Result> {
  await removeAbandoned(signal);
  const words = ["worktree", "add", "--quiet", "--detach", "--lock", "--reason", `${reason} ${process.pid}`];
  try {
    const { code, errors } = await runGit([...words, folder, commit.hash], signal);
    if (code !== 0) {
      throw new CommandError(`Git cannot check out ${commit.name} (${shortHash(commit)}): ${lastLine(errors)}`, {
        next: "see that the repository can be written to and that the disk has room",
      });
    }
    return await act(join(folder, commit.prefix));
  } finally {
    // An interruption has ended the signal, and this has to be done all the same.
    await remove(folder, new AbortController().signal);
  }
}

/** Removes working trees of rehearsals that were killed, and says so. */
async function removeAbandoned(signal: AbortSignal): Promise<void> {
  const { output } = await runGit(["worktree", "list", "--porcelain"], signal);
  for (const { folder, process: id } of worktreesIn(output)) {
    if (!isRunning(id)) {
      await remove(folder, signal);
      process.stderr.write(
        `removed ${folder}, which a rehearsal that was killed has left in Git's list of worktrees\n`,
      );
    }
  }
}

/** Returns the working trees of rehearsals in what `git worktree list --porcelain` prints, and the processes that made them. */
export function worktreesIn(list: string): { readonly folder: string; readonly process: number }[] {
  return list.split("\n\n").flatMap((entry) => {
    const [, folder] = /^worktree (.+)$/m.exec(entry) ?? [];
    const [, id] = new RegExp(`^locked ${reason} (\\d+)$`, "m").exec(entry) ?? [];
    return folder === undefined || id === undefined ? [] : [{ folder, process: Number(id) }];
  });
}

async function remove(folder: string, signal: AbortSignal): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  // Git keeps a locked one in its list, be its folder there or not.
  await runGit(["worktree", "unlock", folder], signal);
  await runGit(["worktree", "prune"], signal);
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (thrown) {
    // Somebody else's process runs too.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}
