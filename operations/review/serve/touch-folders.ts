import { existsSync, readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** Milliseconds. Temporary folders are mostly cleaned of what nobody touched for ten days (systemd-tmpfiles). */
const interval = 3_600_000;

/** Keeps a temporary folder, and those in it, from being taken for left by whatever cleans temporary folders, until the program ends. */
export function keepTouched(folder: string): void {
  setInterval(() => existsSync(folder) && touchFolders(folder), interval).unref();
}

/** Gives a folder, and those in it, the present time. */
export function touchFolders(folder: string): void {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const one of [folder, ...inner.map(({ name }) => join(folder, name))]) {
    utimesSync(one, new Date(), new Date());
  }
}
