import { versions } from "../../platform/versions";
import { CommandError } from "../command/failure";
import { runProgram } from "./run-program";

/**
 * Name of Terraform's program: `terraform`, or what TERRAFORM_BINARY_NAME names (OpenTofu's `tofu`), which CDKTF takes as well.
 * @throws CommandError if it cannot be run, or is older than the stacks take: before anything else is started
 */
export async function requiredTerraform(signal: AbortSignal): Promise<string> {
  const program = process.env["TERRAFORM_BINARY_NAME"] || "terraform";
  const { code, output } = await runProgram(program, ["version", "-json"], { signal });
  const version = code === 0 ? versionIn(output) : undefined;
  const [, least = ""] = /([\d.]+)/.exec(versions.terraform) ?? [];
  if (version === undefined) {
    throw new CommandError(`'${program}' does not say its version, as Terraform and OpenTofu do`, {
      next: "see what TERRAFORM_BINARY_NAME and PATH name",
    });
  }
  if (version.localeCompare(least, "en", { numeric: true }) < 0) {
    throw new CommandError(`'${program}' is version ${version}, and the stacks need ${versions.terraform}`, {
      next: "install a newer one, or name it by TERRAFORM_BINARY_NAME",
    });
  }
  return program;
}

/** The version in what `terraform version -json` prints. */
function versionIn(output: string): string | undefined {
  try {
    const { terraform_version: version } = JSON.parse(output) as { readonly terraform_version: unknown };
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}
