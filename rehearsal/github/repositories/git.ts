import { spawn } from "node:child_process";

/** Environment in which every git sees the repository that it is given, and no configuration but that repository's. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  LC_ALL: "C.UTF-8",
};

/** Git ended with another code than 0. */
export class GitError extends Error {}

export interface GitOptions {
  /**
   * What git reads.
   * @default - nothing
   */
  readonly input?: string | Uint8Array;
  /**
   * Variables beside `gitEnvironment`.
   * @default - none
   */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Runs git on a bare repository and returns what it prints; throws GitError with what it says on stderr. */
export function git(folder: string, args: readonly string[], { input, environment }: GitOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", ["--git-dir", folder, ...args], { env: { ...gitEnvironment, ...environment } });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    child.on("error", reject);
    // Git may end before it has read everything; its exit code says whether it minds.
    child.stdin.on("error", () => {});
    child.on("close", (code) => {
      if (code === 0) {
        resolve(Buffer.concat(output));
      } else {
        reject(new GitError(`git ${args.join(" ")}: ${Buffer.concat(errors).toString().trim()}`));
      }
    });
    child.stdin.end(input);
  });
}

/** Runs git and returns the text that it prints, without white space at either end. */
export async function gitText(folder: string, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await git(folder, args, options)).toString().trim();
}
