import { cpSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import type { ClusterSettings } from "../../schema/settings";

/** What a copy does without: packages are linked, and what Git, CDKTF and Terraform keep is the project's own. */
const leftOut = new Set([".git", "cdktf.out", "node_modules", "state"]);

/** Copies a project's sources to a folder, beside a link to its packages, with one cluster in `settings.ts`. Other files there stay. */
export function copyProject(project: string, folder: string, settings: ClusterSettings): void {
  const sources = readdirSync(project).filter((name) => !leftOut.has(name) && isOutside(join(project, name), folder));
  for (const source of sources) {
    cpSync(join(project, source), join(folder, source), { recursive: true });
  }
  const packages = join(folder, "node_modules");
  rmSync(packages, { force: true });
  symlinkSync(realpathSync(join(project, "node_modules")), packages);
  writeSettings(folder, settings);
}

/** Writes a project's `settings.ts`, with one cluster. */
export function writeSettings(project: string, settings: ClusterSettings): void {
  const text = JSON.stringify([settings]);
  writeFileSync(
    join(project, "settings.ts"),
    `import type { ClusterSettings } from "./schema/settings";\n\nexport const clusters: ClusterSettings[] = ${text};\n`,
  );
}

/** Returns whether a folder is not in another one, which could not be copied to it. */
function isOutside(other: string, folder: string): boolean {
  return relative(other, folder).startsWith("..");
}
