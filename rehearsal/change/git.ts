import { CommandError } from "../../operations/command/failure";
import { type ProgramResult, runProgram } from "../../operations/command/run-program";

/** A commit of this project's repository. */
export interface Commit {
  /** As somebody named it: `origin/main`. */
  readonly name: string;
  readonly hash: string;
  /** Where this project is in the repository, with a slash at the end; empty if the repository holds nothing else. */
  readonly prefix: string;
}

/** Returns how a commit is called in reports, which are the same whatever name it was asked for by. */
export function shortHash({ hash }: Pick<Commit, "hash">): string {
  return hash.slice(0, 12);
}

/**
 * Returns the commit that somebody named.
 * @throws CommandError if there is no such commit, no repository or no Git, or if the commit holds no cdktf.json
 */
export async function commitNamed(name: string, signal: AbortSignal): Promise<Commit> {
  const place = await runGit(["rev-parse", "--show-prefix"], signal);
  if (place.code !== 0) {
    throw new CommandError(`this folder is in no Git repository that can be read: ${lastLine(place.errors)}`, {
      next: "git clone the repository, and run this in the clone",
    });
  }
  const found = await runGit(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`], signal);
  if (found.code !== 0) {
    const shallow = (await runGit(["rev-parse", "--is-shallow-repository"], signal)).output.trim() === "true";
    throw new CommandError(`Git knows no commit '${name}'`, {
      next: shallow ? "git fetch --unshallow origin" : "git fetch origin, or look for it in git log --oneline --all",
    });
  }
  const commit = { name, hash: found.output.trim(), prefix: place.output.trim() };
  const config = `${commit.prefix}cdktf.json`;
  const held = await runGit(["cat-file", "-e", `${commit.hash}:${config}`], signal);
  if (held.code !== 0) {
    throw new CommandError(`${name} (${shortHash(commit)}) has no ${config}, so it holds no project of CDKTF's`, {
      next: `name a later commit: git log --oneline --diff-filter=A -- ${config} shows the first that would do`,
    });
  }
  return commit;
}

/** Returns whether something in the working tree differs from the commit that is checked out. */
export async function hasUncommittedChanges(signal: AbortSignal): Promise<boolean> {
  return (await runGit(["status", "--porcelain"], signal)).output.trim() !== "";
}

/** Runs Git in the current folder, whatever repository a hook that may have started this program is about. */
export function runGit(words: readonly string[], signal: AbortSignal): Promise<ProgramResult> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ofHooks.has(name)));
  return runProgram("git", words, { signal, environment });
}

const ofHooks = new Set(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"]);

/** Returns what a program said last, which is what it ended for. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
