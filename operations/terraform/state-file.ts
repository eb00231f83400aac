import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** What is said of a state's file that a Terraform has left empty. */
export const emptied = "is empty: a Terraform was killed while it wrote the state";

/**
 * Returns what is wrong with a stack whose state's file is empty, where Terraform has kept the state as it was before. Terraform empties
 * the file before it writes (hashicorp/terraform, internal/states/statemgr/filesystem.go), and takes the stack of an empty one for one
 * that was never applied. Where no state of before is kept, it may never have been.
 * @param folder - the stack's
 */
export function emptiedState(folder: string): string | undefined {
  const path = statePath(folder);
  const file = path === undefined ? "" : join(folder, path);
  const isEmptied = existsSync(`${file}.backup`) && statSync(file, { throwIfNoEntry: false })?.size === 0;
  return isEmptied ? `${file} ${emptied}` : undefined;
}

/** Says where the state is kept as it was before. */
export function stateBackup(folder: string): string {
  const path = statePath(folder);
  if (path === undefined) {
    return "see what your backend keeps of the state as it was before, as versions of the bucket's object";
  }
  const file = join(folder, path);
  return existsSync(`${file}.backup`)
    ? `Terraform kept the state as it was before: see that ${file}.backup is whole: cp ${file}.backup ${file}`
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
