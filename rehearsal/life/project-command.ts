import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { worldEnvironment } from "../world/environment";
import { commandVariables } from "../world/world-files";

export interface ProjectCommand {
  readonly command: "verify" | "teardown";
  readonly words: readonly string[];
  /** Of the world that it is about, where `<command>.log` keeps what it prints. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /**
   * Gets the lines that it prints, without the time in front of them, while it prints them.
   * @default - nothing does
   */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs one of the project's commands in a world, as people do. Returns the lines that it prints, without the time in front of them.
 * @throws CommandError if it ends with another code than 0
 */
export async function runProjectCommand(props: ProjectCommand): Promise<string[]> {
  const { command, words, folder, signal, onLine = () => {} } = props;
  const log = join(folder, `${command}.log`);
  const { code, output, errors } = await runProgram(
    process.execPath,
    ["scripts/run.mjs", `operations/${command}/main.ts`, ...words],
    {
      signal,
      environment: worldEnvironment(process.env, commandVariables(folder)),
      // teardown would take a second interrupt, of the terminal, for somebody who does not want to wait.
      endedBy: "signal",
      onOutput: (text) => {
        appendFileSync(log, text);
        linesOf(text).forEach(onLine);
      },
    },
  );
  appendFileSync(log, errors);
  if (code !== 0) {
    const typed = ["npm run", command, "--", ...words].join(" ");
    throw new CommandError(`'${typed}' ended with ${code}\n\n${lastLines(output)}\n${lastLines(errors)}`.trim(), {
      next: `see ${log}`,
    });
  }
  return linesOf(output);
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.replace(/^\d\d:\d\d:\d\d /, ""));
}

function lastLines(text: string): string {
  return text.trimEnd().split("\n").slice(-60).join("\n");
}
