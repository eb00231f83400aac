import { spawnSync } from "node:child_process";

import { versions } from "./versions";

/** The oldest Terraform, or OpenTofu, that plans the stacks. */
export const oldestTerraform = versions.terraform.replace(">= ", "");

/**
 * Says what is wrong with a Terraform of this machine: `is not found on PATH`; nothing if it will do.
 * @param program - its name or path, as TERRAFORM_BINARY_NAME has it
 */
export function terraformFault(program: string): string | undefined {
  // By the shell, as CDKTF calls it.
  const { stdout, status } = spawnSync(`${program} version`, { shell: true, encoding: "utf8" });
  if (status !== 0) {
    return status === 127 ? "is not found on PATH" : "fails when it is asked for its version";
  }
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (version === undefined) {
    return "prints no version";
  }
  return version.localeCompare(oldestTerraform, "en", { numeric: true }) < 0 ? `is version ${version}` : undefined;
}

/** What to do about it. */
export const terraformRemedy = "install it, or name its program in TERRAFORM_BINARY_NAME";
