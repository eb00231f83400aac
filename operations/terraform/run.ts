import { terraformProblem } from "../../platform/terraform";
import { timed } from "../command/debug";
import { CommandError } from "../command/failure";
import { type ProgramOptions, type ProgramResult, runProgram } from "../command/run-program";
import { stackFolder } from "./synthesize";

/** Starts Terraform in the folder that a stack was synthesized to, and waits for its end. Nothing else starts it. */
export function runTerraform(
  { program, stack }: { readonly program: string; readonly stack: string },
  words: readonly string[],
  options: Omit<ProgramOptions, "cwd">,
): Promise<ProgramResult> {
  return runProgram(program, words, { ...options, cwd: stackFolder(stack) });
}

/**
 * Returns the name of Terraform's program: `terraform`, or what TERRAFORM_BINARY_NAME names (OpenTofu's `tofu`), which CDKTF takes too.
 * @throws CommandError if it cannot be run, or is too old: before anything else is started
 */
export async function requiredTerraform(): Promise<string> {
  const program = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const problem = await timed(`${program} version`, async () => terraformProblem(program));
  if (problem) {
    throw new CommandError(problem.message, { next: problem.next });
  }
  return program;
}
