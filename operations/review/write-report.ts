import { closeSync, lstatSync, openSync, renameSync, writeFileSync } from "node:fs";

/** Writes a report where only its owner can read it, all at once: who looks at the file meanwhile sees the one before. */
export function writeReport(file: string, pieces: readonly string[]): void {
  const existing = lstatSync(file, { throwIfNoEntry: false });
  if (existing && !existing.isFile()) {
    // A rename would put a file in the place of a pipe, a device or a link.
    writePieces(file, "w", pieces);
    return;
  }
  const temporary = `${file}.${process.pid}`;
  writePieces(temporary, "wx", pieces);
  renameSync(temporary, file);
}

function writePieces(file: string, flag: string, pieces: readonly string[]): void {
  const open = openSync(file, flag, 0o600);
  try {
    for (const piece of pieces) {
      writeFileSync(open, piece);
    }
  } finally {
    closeSync(open);
  }
}
