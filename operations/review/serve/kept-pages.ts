import { randomBytes } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { day } from "../../../platform/old-folders";

/** Pages of reviews, which whoever knows their address can read. */
export interface KeptPages {
  /** Keeps a page and returns its address; nothing for one that is too large, or for which there is no room. */
  keep(file: string): URL | undefined;
  /** Returns the file of a page by the last part of its address; nothing for one that is not there. */
  find(id: string): string | undefined;
}

/** What is kept of pages: the youngest, as long as all three limits hold. */
export const pageLimits = { milliseconds: 7 * day, count: 500, bytes: 500_000_000 };

/** Bytes of an address's last part, which nobody guesses. */
const idBytes = 32;

/**
 * Keeps pages in a folder.
 * @param publicUrl - under which others reach them
 */
export function keptPages(folder: string, publicUrl: URL, limits = pageLimits): KeptPages {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: string) => join(folder, `${id}.html`);
  return {
    keep(file) {
      if (statSync(file).size > limits.bytes) {
        return undefined;
      }
      const id = randomBytes(idBytes).toString("base64url");
      try {
        copyFileSync(file, fileOf(id));
      } catch {
        // The disk is full: the result is worth more than its page.
        rmSync(fileOf(id), { force: true });
        return undefined;
      }
      removeOldPages(folder, limits);
      return new URL(`reports/${id}`, publicUrl);
    },
    find(id) {
      // Whoever guesses addresses has no folder read.
      if (!/^[\w-]{43}$/.test(id) || !existsSync(fileOf(id))) {
        return undefined;
      }
      removeOldPages(folder, limits);
      return existsSync(fileOf(id)) ? fileOf(id) : undefined;
    },
  };
}

function removeOldPages(folder: string, limits: typeof pageLimits): void {
  const pages = readdirSync(folder)
    .filter((name) => name.endsWith(".html"))
    .map((name) => join(folder, name))
    .flatMap((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found === undefined ? [] : [{ file, size: found.size, time: found.mtimeMs }];
    })
    .sort((one, other) => other.time - one.time);
  let bytes = 0;
  for (const [index, { file, size, time }] of pages.entries()) {
    bytes += size;
    // A page of a time to come, when the clock was wrong, would be the youngest for as long.
    const age = Math.abs(Date.now() - time);
    if (index >= limits.count || bytes > limits.bytes || age > limits.milliseconds) {
      rmSync(file, { force: true });
    }
  }
}
