import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder for plans, which hold secrets: for its owner alone, and gone with the process, whatever ends that but SIGKILL. */
export function plansFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "plans-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
