import { lstatSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Milliseconds after which nobody works any more in a folder that does not say whose it is. */
export const day = 86_400_000;

/**
 * Removes folders of this user from the temporary folder that were left there by runs that SIGKILL ended.
 * @param prefix - what their names begin with
 * @param isLeft - tells of a folder, by its path and the milliseconds since it was changed, whether nobody works in it any more
 */
export function removeOldFolders(prefix: string, isLeft: (folder: string, age: number) => boolean): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found?.isDirectory() && found.uid === process.getuid?.() && isLeft(folder, Date.now() - found.mtimeMs)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
