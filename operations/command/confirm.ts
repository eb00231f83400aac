import { createInterface } from "node:readline/promises";

import { shortLine } from "../../platform/visible-text";
import { CommandError } from "./failure";

export interface ConfirmProps {
  readonly clusterName: string;
  /** The value of `--yes`. */
  readonly yes: string | undefined;
  /** What is asked at the terminal: `Type the cluster's name to take it down: `. */
  readonly question: string;
  readonly signal: AbortSignal;
}

/** Throws unless `--yes`, or else a person at the terminal, gives the cluster's name. */
export async function confirm({ clusterName, yes, question, signal }: ConfirmProps): Promise<void> {
  if (yes === undefined) {
    const next = `run this again, and type ${clusterName}`;
    expectName(clusterName, await typedName(clusterName, question, signal), next);
  } else {
    expectName(clusterName, yes);
  }
}

/** Throws if an answer, by default the value of `--yes`, is not the cluster's name. */
export function expectName(clusterName: string, answer: string, next = consent(clusterName)): void {
  if (answer !== clusterName) {
    throw new CommandError(`'${answer}' is not '${clusterName}': nothing was changed`, { next });
  }
}

/** Says what to type where nobody can be asked. */
function consent(clusterName: string): string {
  return `--yes ${clusterName} says that this shall be done`;
}

async function typedName(clusterName: string, question: string, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CommandError("nobody is there to be asked; nothing was changed", { next: consent(clusterName) });
  }
  return answerTo(question, signal);
}

/** Returns what a person at the terminal answers. Whatever the question names may be others' to write. */
export async function answerTo(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(shortLine(question), { signal })).trim();
  } catch {
    // Ctrl-C at the question does not reach the process.
    process.stderr.write("\n");
    throw new CommandError("interrupted; nothing was changed", { exitCode: 130 });
  } finally {
    terminal.close();
  }
}
