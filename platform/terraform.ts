import { spawnSync } from "node:child_process";

import { versions } from "./versions";

/** A reason why neither Terraform nor OpenTofu can be used, and what to do about it. */
export interface TerraformProblem {
  readonly message: string;
  readonly next: string;
}

/** Returns the name or path of Terraform's program, `terraform`, or the one in CDKTF's own variable, as OpenTofu's `tofu`. */
export function terraformProgram({ TERRAFORM_BINARY_NAME }: NodeJS.ProcessEnv): string {
  return TERRAFORM_BINARY_NAME || "terraform";
}

/**
 * Returns what is wrong with the Terraform, or OpenTofu, of this machine; undefined if it can plan the stacks.
 * @param program - its name or path
 * @param backend - type of the stacks' backend: `cloud` is Terraform's alone
 */
export function terraformProblem(program: string, backend: string): TerraformProblem | undefined {
  const fault = faultOf(program, backend);
  const { Terraform, OpenTofu } = oldest;
  const needed =
    backend === "cloud"
      ? `for backend 'cloud', Terraform ${Terraform} or later is needed`
      : `Terraform ${Terraform} (or OpenTofu ${OpenTofu}) or later is needed`;
  return fault === undefined
    ? undefined
    : {
        message: `${needed}, and '${program}' ${fault}`,
        next: "install it, or name its program in TERRAFORM_BINARY_NAME",
      };
}

const oldest = {
  Terraform: versions.terraform.replace(">= ", ""),
  OpenTofu: versions.openTofu.replace(">= ", ""),
};

function faultOf(program: string, backend: string): string | undefined {
  // The shell starts it, as CDKTF has it.
  const { stdout, status, signal } = spawnSync(`${program} version`, { shell: true, encoding: "utf8" });
  // Ctrl-C ended it, which whoever called this hears of too.
  if (signal !== null) {
    return undefined;
  }
  if (status !== 0) {
    return status === 127 ? "is not found on PATH" : "fails when it is asked for its version";
  }
  const product = stdout.includes("OpenTofu") ? "OpenTofu" : "Terraform";
  if (product === "OpenTofu" && backend === "cloud") {
    return "is OpenTofu";
  }
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (version === undefined) {
    return "prints no version";
  }
  return version.localeCompare(oldest[product], "en", { numeric: true }) < 0 ? `is version ${version}` : undefined;
}
