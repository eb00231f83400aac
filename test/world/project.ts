import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { killGroup } from "../../rehearsal/terraform/terraform";

/** What became of a run of a program. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A program of the project's, and what happens to it. */
export interface RunProps {
  readonly program: string;
  readonly words: readonly string[];
  /**
   * Kills it, and all that it started, as soon as it has printed that.
   * @default - it runs to its end
   */
  readonly killedAt?: RegExp | undefined;
  /**
   * Closes the pipe that it prints to, as soon as it has printed that.
   * @default - all is read
   */
  readonly unreadAfter?: RegExp;
  /**
   * Variables that are not those of whoever runs it.
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
}

export async function runProgram(
  folder: string,
  { program, words, killedAt, unreadAfter, environment = {} }: RunProps,
): Promise<Run> {
  const args = [join("scripts", "run.mjs"), program, ...words];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    // Tests are about what is said, and not when.
    said.output += text.replaceAll(/^\d\d:\d\d:\d\d /gm, "");
    if (killedAt?.test(said.output)) {
      killWithAll(child);
    }
    if (unreadAfter?.test(said.output)) {
      child.stdout.destroy();
    }
  });
  child.stderr.on("data", (text) => {
    said.errors += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on("close", done).on("error", fail));
  // How far it is, a log is told beside what it prints; that is no error.
  return { code, ...said, errors: said.errors.replaceAll(/^\d\d:\d\d:\d\d .*\n/gm, "") };
}

/** Kills a program and all that it started: Terraform has a group of its own, and would go on until it prints something. */
function killWithAll(child: ChildProcess): void {
  const { pid, exitCode, signalCode } = child;
  if (pid === undefined || exitCode !== null || signalCode !== null) {
    return;
  }
  const started = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
  killGroup(child);
  for (const one of started) {
    try {
      process.kill(-Number(one), "SIGKILL");
    } catch {
      // It was in the group of the program, or has ended.
    }
  }
}

/** The terminal is gone: its connection broke. */
export const hangUp = Symbol("hang up");

/**
 * Runs one of the project's programs at a terminal, where somebody types.
 * @param typed - what is typed as soon as the program has printed something; `\x03` is Ctrl-C
 */
export async function runAtTerminal(
  folder: string,
  { program, words, environment = {} }: RunProps,
  typed: readonly (readonly [after: RegExp, keys: string | typeof hangUp])[],
): Promise<Omit<Run, "errors">> {
  // In the shell's place: dash would end by the Ctrl-C that the program has outlived, with 130.
  const line = ["exec", process.execPath, join("scripts", "run.mjs"), program, ...words].join(" ");
  const child = spawn("script", ["--quiet", "--return", "--flush", "--command", line, "/dev/null"], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const left = [...typed];
  let output = "";
  child.stdout.on("data", (text) => {
    output += text;
    const [[after, keys] = []] = left;
    if (after?.test(output)) {
      left.shift();
      if (keys === hangUp) {
        child.kill("SIGKILL");
      } else {
        child.stdin.write(keys);
      }
    }
  });
  const code = await new Promise<number | null>((done, fail) => child.on("close", done).on("error", fail));
  return { code, output };
}
