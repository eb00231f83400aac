import { spawnSync } from "node:child_process";

import { versions } from "./versions";

/** A reason why Terraform cannot be used, and what to do about it. */
export interface TerraformProblem {
  readonly message: string;
  readonly next: string;
}

/**
 * Returns what is wrong with the Terraform, or OpenTofu, of this machine; undefined if it can plan the stacks.
 * @param program - its name or path, as TERRAFORM_BINARY_NAME has it
 */
export function terraformProblem(program: string): TerraformProblem | undefined {
  const oldest = versions.terraform.replace(">= ", "");
  const fault = faultOf(program, oldest);
  return fault === undefined
    ? undefined
    : {
        message: `Terraform ${oldest} or later is needed, and '${program}' ${fault}`,
        next: "install it, or name its program in TERRAFORM_BINARY_NAME",
      };
}

function faultOf(program: string, oldest: string): string | undefined {
  // The shell starts it, as CDKTF has it.
  const { stdout, status, signal } = spawnSync(`${program} version`, { shell: true, encoding: "utf8" });
  // Ctrl-C ended it, which whoever called this hears of too.
  if (signal !== null) {
    return undefined;
  }
  if (status !== 0) {
    return status === 127 ? "is not found on PATH" : "fails when it is asked for its version";
  }
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (version === undefined) {
    return "prints no version";
  }
  return version.localeCompare(oldest, "en", { numeric: true }) < 0 ? `is version ${version}` : undefined;
}
