import { lstatSync, renameSync, writeFileSync } from "node:fs";

/** Writes a report where only its owner can read it, all at once: who looks at the file meanwhile sees the one before. */
export function writeReport(file: string, text: string): void {
  const existing = lstatSync(file, { throwIfNoEntry: false });
  if (existing && !existing.isFile()) {
    // A rename would put a file in the place of a pipe, a device or a link.
    writeFileSync(file, text, { mode: 0o600 });
    return;
  }
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text, { flag: "wx", mode: 0o600 });
  renameSync(temporary, file);
}
