import { spawnSync } from "node:child_process";

import { versions } from "../platform/versions";
import type { Cluster } from "../schema/settings";

const oldest = versions.terraform.replace(">= ", "");

/**
 * Says why these clusters cannot be synthesized with the Terraform of this machine, and what to do, or returns undefined. Where the
 * state is in HCP Terraform, CDKTF asks Terraform for its version, and ends with a trace if that fails.
 * @param terraform - name or path of the program, of TERRAFORM_BINARY_NAME
 */
export function terraformProblem(clusters: readonly Cluster[], terraform = "terraform"): string | undefined {
  const fault = clusters.some(({ backend }) => backend.type === "cloud") && faultOf(terraform);
  return fault
    ? `backend 'cloud' needs Terraform ${oldest} or later for synth, and '${terraform}' ${fault}; install it, or name its program in TERRAFORM_BINARY_NAME`
    : undefined;
}

function faultOf(terraform: string): string | undefined {
  // By the shell, as CDKTF calls it.
  const { stdout, status } = spawnSync(`${terraform} version`, { shell: true, encoding: "utf8" });
  if (status !== 0) {
    return status === 127 ? "is not found on PATH" : "fails when it is asked for its version";
  }
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0];
  if (version === undefined) {
    return "prints no version";
  }
  return version.localeCompare(oldest, "en", { numeric: true }) < 0 ? `is version ${version}` : undefined;
}
