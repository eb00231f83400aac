import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, uptime } from "node:os";
import { join } from "node:path";

import { day, removeOldFolders } from "../../platform/old-folders";
import { CommandError, errorOf } from "./failure";

const prefix = "eks-cilium-platform-";

/**
 * Makes a folder for its owner alone, since plans hold secrets. It goes with the process, however that ends but by SIGKILL; what that
 * left, the next call removes, by the process that the folder's name names.
 * @param purpose - a word in its name
 * @throws CommandError if the temporary folder is missing or full
 */
export function temporaryFolder(purpose: string): string {
  try {
    removeOldFolders(prefix, (folder, age) => {
      const pid = processOf(folder);
      return pid === undefined ? age > day : !isRunning(pid, Date.now() - age);
    });
    const folder = mkdtempSync(join(tmpdir(), `${prefix}${purpose}-${process.pid}-`));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch (thrown) {
    throw unusable(errorOf(thrown));
  }
}

/** A process that has a temporary folder. */
export interface FolderOwner {
  readonly pid: number;
  readonly folder: string;
  /** When the folder was changed. */
  readonly since: Date;
}

/** Returns the other processes that have a folder for a purpose now, those of other users too. */
export function othersWithFolder(purpose: string): readonly FolderOwner[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(`${prefix}${purpose}-`))
    .flatMap((name) => {
      const folder = join(tmpdir(), name);
      const pid = processOf(folder);
      const since = lstatSync(folder, { throwIfNoEntry: false })?.mtime;
      const isOther =
        pid !== undefined && since !== undefined && pid !== process.pid && isRunning(pid, since.getTime());
      return isOther ? [{ pid, folder, since }] : [];
    });
}

/** Returns the process that a folder's name names; earlier versions named none. */
function processOf(folder: string): number | undefined {
  const [, pid] = /-(\d+)-[\da-zA-Z]{6}$/.exec(folder) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** @param since - when it was seen to run: what was before the machine started is gone, and its number is another's */
function isRunning(pid: number, since: number): boolean {
  if (since < Date.now() - uptime() * 1000) {
    return false;
  }
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    // Somebody else's process runs, and takes no signal from us.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}

function unusable(error: Error): Error {
  const code = "code" in error ? String(error.code) : "";
  const faults: Readonly<Record<string, string>> = {
    ENOENT: "is not there",
    ENOTDIR: "is no folder",
    ENOSPC: "is full",
    EDQUOT: "is full: your quota is used up",
    EACCES: "lets nobody but others write into it",
    EROFS: "is read-only",
  };
  const fault = faults[code];
  return fault === undefined
    ? error
    : new CommandError(`the temporary folder ${tmpdir()} ${fault}`, {
        next: "put that right, or name another folder in TMPDIR",
        cause: error,
      });
}
