import { join } from "node:path";

import { outputFolder } from "../../platform/output-folder";
import { CommandError } from "../command/failure";
import { showLiveLine } from "../command/progress";
import { runProgram } from "../command/run-program";

/** Synthesizes all stacks, in a program of its own: that loads CDKTF, which takes longer than everything else here. */
export async function synthesize(signal: AbortSignal): Promise<void> {
  const progress = showLiveLine("synth");
  const synth = [join("scripts", "run.mjs"), "main.ts"];
  const { code, errors } = await runProgram(process.execPath, synth, { signal }).finally(progress.clear);
  if (code !== 0) {
    throw new CommandError(`synth failed\n\n${errors.trim()}`);
  }
}

/** Returns the folder that a stack is synthesized to. */
export function stackFolder(stack: string): string {
  return join(outputFolder(process.env), "stacks", stack);
}
