import { lstatSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Milliseconds after which nobody works any more in a folder that is left. */
const day = 86_400_000;

/**
 * Removes folders of this user from the temporary folder that were left there by runs that SIGKILL ended, once they are a day old.
 * @param prefix - what their names begin with
 * @param isOurs - tells by its path whether a folder is one of this project's, where others use the prefix too
 */
export function removeOldFolders(prefix: string, isOurs: (folder: string) => boolean = () => true): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    const isOld = found?.isDirectory() && found.uid === process.getuid?.() && Date.now() - found.mtimeMs > day;
    if (isOld && isOurs(folder)) {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
