import { tmpdir } from "node:os";

import { emptied, stateBackup } from "./state-file";

export interface FailedTerraform {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** The stack's folder. */
  readonly folder: string;
}

/** Begins what is said here of a program that ended well and did not do what Terraform does. */
const notTerraform = /^(?:plan: )?it (?:printed|left) (?:no|what is no) /;

/**
 * Returns what most probably helps where Terraform failed.
 * @param errors - what it printed
 */
export function whatHelps(errors: string, { program, folder }: FailedTerraform): string {
  const again = "and run this again: it goes on from here";
  const lock = /Lock Info:[\s│]+ID:\s+(\S+)/.exec(errors)?.[1];
  if (lock !== undefined) {
    return `if no Terraform is at it any more: ${program} -chdir=${folder} force-unlock ${lock}; then run this again`;
  }
  if (/Unsupported\s+state\s+file\s+format/.test(errors) || errors.includes(emptied)) {
    return `${stateBackup(folder)}, ${again}`;
  }
  if (/no space left on device|disk quota exceeded/i.test(errors)) {
    return `make room where it says (plans are put into ${tmpdir()}, or where TMPDIR says), ${again}`;
  }
  if (notTerraform.test(errors)) {
    return `see that '${program}' is Terraform or OpenTofu (${program} version), ${again}`;
  }
  return `put that right, ${again}`;
}
