import { oldestTerraform, terraformFault, terraformRemedy } from "../platform/terraform";
import type { Cluster } from "../schema/settings";

/**
 * Says why these clusters cannot be synthesized with the Terraform of this machine, and what to do, or returns undefined. Where the
 * state is in HCP Terraform, CDKTF asks Terraform for its version, and ends with a trace if that fails.
 * @param terraform - name or path of the program, of TERRAFORM_BINARY_NAME
 */
export function terraformProblem(clusters: readonly Cluster[], terraform = "terraform"): string | undefined {
  const fault = clusters.some(({ backend }) => backend.type === "cloud") && terraformFault(terraform);
  return fault
    ? `backend 'cloud' needs Terraform ${oldestTerraform} or later for synth, and '${terraform}' ${fault}; ${terraformRemedy}`
    : undefined;
}
