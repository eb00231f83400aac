import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** Makes a project of these sources in a folder of its own, beside links to all else that a synth needs, and returns its path. */
export function projectWith(settings: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "platform-project-"));
  for (const copied of ["main.ts", "package-lock.json", "scripts/run.mjs", "scripts/bundles.mjs"]) {
    mkdirSync(dirname(join(folder, copied)), { recursive: true });
    cpSync(copied, join(folder, copied));
  }
  for (const linked of ["constructs", "gitops", "modules", "platform", "schema", "stacks", "node_modules"]) {
    symlinkSync(resolve(linked), join(folder, linked));
  }
  writeFileSync(join(folder, "settings.ts"), `export const clusters = ${JSON.stringify(settings)};\n`);
  return folder;
}
