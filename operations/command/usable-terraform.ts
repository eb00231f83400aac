import { type TerraformProblem, terraformProblem, terraformProgram } from "../../platform/terraform";
import { CommandError } from "./failure";

/**
 * Returns the name or path of Terraform's program, or OpenTofu's.
 * @param backend - type of the stacks' backend
 * @throws CommandError if it cannot be run or will not do
 */
export function usableTerraform(environment: NodeJS.ProcessEnv, backend: string): string {
  const program = terraformProgram(environment);
  expectNoProblem(terraformProblem(program, backend));
  return program;
}

/** Throws a CommandError if there is a problem with Terraform. */
export function expectNoProblem(problem: TerraformProblem | undefined): void {
  if (problem) {
    throw new CommandError(problem.message, { next: problem.next });
  }
}
