import { oldestTerraform, terraformFault, terraformRemedy } from "../../platform/terraform";
import { CommandError } from "../command/failure";

/**
 * Name of Terraform's program: `terraform`, or what TERRAFORM_BINARY_NAME names (OpenTofu's `tofu`), which CDKTF takes as well.
 * @throws CommandError if it cannot be run, or is too old: before anything else is started
 */
export function requiredTerraform(): string {
  const program = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const fault = terraformFault(program);
  if (fault !== undefined) {
    throw new CommandError(`Terraform ${oldestTerraform} or later is needed, and '${program}' ${fault}`, {
      next: terraformRemedy,
    });
  }
  return program;
}
