import { spawn } from "node:child_process";

import { timed } from "./debug";
import { CommandError } from "./failure";

export interface ProgramOptions {
  /** Ends the program, as Ctrl-C does. */
  readonly signal: AbortSignal;

  /**
   * The folder that the program runs in.
   * @default - the current one
   */
  readonly cwd?: string;

  /**
   * All variables of the program.
   * @default - those of this process
   */
  readonly environment?: NodeJS.ProcessEnv;

  /**
   * Whether Ctrl-C at a terminal reaches the program too. Then it gets a second interrupt from `signal`, at which Terraform ends at once
   * and leaves its state locked.
   * @default "terminal and signal"
   */
  readonly endedBy?: "terminal and signal" | "signal";

  /**
   * Gets what the program prints, while it prints it.
   * @default - nothing does
   */
  readonly onOutput?: (text: string) => void;
}

export interface ProgramResult {
  /** The exit code; null if a signal killed the program. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs a program to its end, which an interruption waits for too.
 * @throws if it cannot be started, or was interrupted
 */
export function runProgram(program: string, words: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  return timed(
    [program, ...words].join(" "),
    () => result(program, words, options),
    ({ code }) => `exit code ${code}`,
  );
}

async function result(program: string, words: readonly string[], options: ProgramOptions): Promise<ProgramResult> {
  const { signal, cwd, environment, endedBy, onOutput = () => {} } = options;
  signal.throwIfAborted();
  const child = spawn(program, words, {
    cwd,
    env: environment,
    detached: endedBy === "signal",
    stdio: ["ignore", "pipe", "pipe"],
  });
  const interrupt = () => child.kill("SIGINT");
  signal.addEventListener("abort", interrupt);
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.push(text);
    onOutput(text);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child
        .on("error", () =>
          reject(new CommandError(`'${program}' cannot be run`, { next: "install it, or see that it is on PATH" })),
        )
        .on("close", (code) => resolve(code)),
    );
    signal.throwIfAborted();
    return { code, output: output.join(""), errors: errors.join("") };
  } finally {
    signal.removeEventListener("abort", interrupt);
  }
}
