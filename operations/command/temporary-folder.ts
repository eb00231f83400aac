import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeOldFolders } from "../../platform/old-folders";

const prefix = "eks-cilium-platform-";

/**
 * Makes a folder for its owner alone, since plans hold secrets. It goes with the process, however that ends but by SIGKILL; what that
 * left, the next call removes when it is a day old.
 * @param purpose - a word in its name
 */
export function temporaryFolder(purpose: string): string {
  removeOldFolders(prefix);
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${purpose}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
