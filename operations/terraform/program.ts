import { terraformProblem } from "../../platform/terraform";
import { CommandError } from "../command/failure";

/**
 * Returns the name of Terraform's program: `terraform`, or what TERRAFORM_BINARY_NAME names (OpenTofu's `tofu`), which CDKTF takes as well.
 * @throws CommandError if it cannot be run, or is too old: before anything else is started
 */
export function requiredTerraform(): string {
  const program = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const problem = terraformProblem(program);
  if (problem) {
    throw new CommandError(problem.message, { next: problem.next });
  }
  return program;
}
