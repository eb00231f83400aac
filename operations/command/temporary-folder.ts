import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const prefix = "eks-cilium-platform-";

/** Milliseconds after which nobody works any more in a folder that is left. */
const day = 86_400_000;

/**
 * Makes a folder for its owner alone, since plans hold secrets. It goes with the process, however that ends but by SIGKILL; what that
 * left, the next call removes when it is a day old.
 * @param purpose - a word in its name
 */
export function temporaryFolder(purpose: string): string {
  removeLeftFolders();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${purpose}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removeLeftFolders(): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const found = statSync(folder, { throwIfNoEntry: false });
    if (found?.isDirectory() && found.uid === process.getuid?.() && Date.now() - found.mtimeMs > day) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
