import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

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
  if (/Unsupported\s+state\s+file\s+format/.test(errors)) {
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

/** Says where the state is kept as it was before. */
function stateBackup(folder: string): string {
  const path = statePath(folder);
  if (path === undefined) {
    return "see what your backend keeps of the state as it was before, as versions of the bucket's object";
  }
  const file = join(folder, path);
  return existsSync(`${file}.backup`)
    ? `Terraform kept the state as it was before: see that ${file}.backup is whole, copy it over ${file}`
    : `no ${file}.backup, where Terraform keeps the state as it was before, is there: take ${file} from a backup of yours`;
}

/** Returns the file of a stack's state, relative to its folder, if its backend keeps it in one. */
function statePath(folder: string): string | undefined {
  const paths = ["override.tf.json", "cdk.tf.json"].map((name) => localPath(join(folder, name)));
  return paths.find((path) => path !== undefined);
}

interface StackJson {
  readonly terraform:
    | { readonly backend: { readonly local: { readonly path: string } | undefined } | undefined }
    | undefined;
}

function localPath(file: string): string | undefined {
  if (!existsSync(file)) {
    return undefined;
  }
  const { terraform }: StackJson = JSON.parse(readFileSync(file, "utf8"));
  return terraform?.backend?.local?.path;
}
