import { spawn } from "node:child_process";

export interface ChildOptions {
  /** Ends the program, as Ctrl-C does. */
  readonly signal: AbortSignal;

  /**
   * Where it runs.
   * @default - here
   */
  readonly cwd?: string;

  /**
   * Of whom Ctrl-C at a terminal ends it: a second, which comes from here, would end Terraform at once.
   * @default "terminal and signal"
   */
  readonly endedBy?: "terminal and signal" | "signal";

  /**
   * Gets what it prints, while it does.
   * @default - nothing does
   */
  readonly onOutput?: (text: string) => void;
}

/** What became of a program. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/**
 * Runs a program to its end, which an interruption waits for too.
 * @throws if it cannot be started, or was interrupted
 */
export async function run(program: string, options: readonly string[], given: ChildOptions): Promise<Ended> {
  const { signal, cwd, endedBy, onOutput = () => {} } = given;
  signal.throwIfAborted();
  const child = spawn(program, options, { cwd, detached: endedBy === "signal", stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill("SIGINT");
  signal.addEventListener("abort", stop);
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
        .on("error", () => reject(new Error(`'${program}' cannot be run; is it installed, and on PATH?`)))
        .on("close", (code) => resolve(code)),
    );
    signal.throwIfAborted();
    return { code, output: output.join(""), errors: errors.join("") };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
