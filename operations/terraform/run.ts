import { existsSync } from "node:fs";
import { join } from "node:path";

import { terraformProblem, terraformProgram } from "../../platform/terraform";
import { timed } from "../command/debug";
import { CommandError } from "../command/failure";
import { whileUnfinished } from "../command/interruption";
import { type ProgramOptions, type ProgramResult, runProgram } from "../command/run-program";
import { expectNoProblem } from "../command/usable-terraform";
import { stackFolder } from "./synthesize";

/** Starts Terraform in the folder that a stack was synthesized to, and waits for its end. Nothing else starts it. */
export function runTerraform(
  { program, stack, folder = stackFolder(stack) }: TerraformOfStack,
  words: readonly string[],
  options: Omit<ProgramOptions, "cwd">,
): Promise<ProgramResult> {
  expectOverride(stack, folder);
  const run = () => runProgram(program, words, { ...options, cwd: folder });
  // Terraform that gets the terminal's interrupts too has no lock, and ends at the second.
  return options.endedBy === "signal" ? whileUnfinished(`${program} ${words[0]} of ${stack}`, run) : run();
}

export interface TerraformOfStack {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  readonly stack: string;
  /**
   * Where the stack was synthesized to.
   * @default - where the commands synthesize it to
   */
  readonly folder?: string;
}

/**
 * Returns the name or path of Terraform's program, or OpenTofu's.
 * @param backend - type of the stacks' backend
 * @throws CommandError if it cannot be run or will not do, before anything else is started
 */
export async function requiredTerraform(backend: string): Promise<string> {
  const program = terraformProgram(process.env);
  expectNoProblem(await timed(`${program} version`, async () => terraformProblem(program, backend)));
  return program;
}

/** Throws a CommandError if Terraform would leave a world (`npm run world -- env`), where an override keeps each stack's state. */
function expectOverride(stack: string, folder: string): void {
  const world = process.env["REHEARSAL_WORLD"];
  if (world && !existsSync(join(folder, "override.tf.json"))) {
    throw new CommandError(`the world in ${world} knows no stack ${stack}, whose state would be a real one`, {
      next: "start the world anew, or use a shell that is not in it",
    });
  }
}
