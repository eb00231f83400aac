import { terraformProblem } from "../platform/terraform";
import { type CheckedSettings, mistakesText } from "../schema/settings";

/**
 * Returns why these settings give no stacks, as it is printed; undefined if they do.
 * @param terraform - name or path of Terraform's program
 */
export function refusal({ clusters, problems }: CheckedSettings, terraform: string): string | undefined {
  if (problems.length > 0) {
    return `${mistakesText(problems)}\n`;
  }
  // CDKTF asks Terraform for its version where the state is in HCP Terraform, and ends with a trace if that fails.
  const problem = clusters.some(({ backend }) => backend.type === "cloud") && terraformProblem(terraform, "cloud");
  return problem ? `error: ${problem.message}\n  next: ${problem.next}\n` : undefined;
}
