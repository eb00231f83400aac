import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { showProgress } from "../../operations/command/progress";

/** Something that is built or fetched once, and kept in a folder of its own in the cache. */
export interface CacheEntry {
  /** The beginning of the folder's name. */
  readonly name: string;
  /** What people are told while it is made: `the control plane`. */
  readonly title: string;
  /** All that decides what will be in the folder. Where any of it differs, the folder is another one. */
  readonly decidedBy: readonly string[];
  /** Fills the folder, which is empty. */
  readonly make: (folder: string, options: MakeOptions) => Promise<void>;
}

export interface MakeOptions {
  readonly signal: AbortSignal;
  /** Says what is being done now. */
  readonly phase: (name: string) => void;
}

/** Returns the folder that holds all entries, which `rehearsal/aws/venv` names in the same way. It may be deleted at any time. */
export function cacheFolder(): string {
  return process.env.REHEARSAL_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "rehearsal");
}

/** Returns the path of an entry's folder, whether it is there or not. */
export function entryFolder({ name, decidedBy }: CacheEntry): string {
  const key = createHash("sha256").update(JSON.stringify(decidedBy)).digest("hex").slice(0, 16);
  return join(cacheFolder(), `${name}-${key}`);
}

export function isCached(entry: CacheEntry): boolean {
  return existsSync(entryFolder(entry));
}

/** Returns the folder of an entry, which it makes first if it is not there, and shows that it does. */
export async function cached(entry: CacheEntry, signal: AbortSignal): Promise<string> {
  const folder = entryFolder(entry);
  if (isCached(entry)) {
    return folder;
  }
  mkdirSync(cacheFolder(), { recursive: true });
  const progress = showProgress(entry.title);
  // Only a whole entry gets the name: another process may look for it, or make it too, and this one may be killed.
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    await entry.make(unfinished, { signal, phase: progress.phase });
    keep(unfinished, folder);
    progress.end("ready");
  } finally {
    progress.clear();
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

function keep(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (thrown) {
    // Somebody else has made it meanwhile, of the same content.
    if (!existsSync(folder)) {
      throw thrown;
    }
  }
}
