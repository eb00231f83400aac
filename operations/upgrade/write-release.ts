import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { runInThisContext } from "node:vm";

import { shortMessage } from "../../platform/visible-text";
import { CommandError } from "../command/failure";
import { type NamedCluster, type ReleaseChange, releasePlace } from "./release-place";

export const settingsFile = "settings.ts";

/** Where a release was changed. */
export interface WrittenRelease {
  readonly file: string;
  readonly line: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Changes the release of one cluster in a settings file, if it is a text that is this cluster's alone, and nothing else.
 * @param folder - the project's, which has the file
 * @throws CommandError with file, line and value, if people have to do it
 */
export function writeRelease(change: Omit<ReleaseChange, "text">, folder = "."): WrittenRelease {
  const path = resolve(folder, settingsFile);
  const { clusterName, from, to } = change;
  const place = releasePlace({ ...change, text: readFileSync(path, "latin1") }, (text) => clustersOf(text, folder));
  const { line } = place;
  if ("reason" in place) {
    throw new CommandError(`${settingsFile}:${line}: ${place.reason}; nothing was changed`, {
      next: `have that line, or what it refers to, give ${clusterName} alone the release "${to}" instead of "${from}"`,
    });
  }
  writeFileSync(path, place.changed, "latin1");
  return { file: settingsFile, line, from, to };
}

/** Returns the clusters of a text in the place of the settings file: bundled as when commands start, and run. */
function clustersOf(text: string, folder: string): readonly NamedCluster[] {
  const { stdout, stderr, status, error } = spawnSync(
    resolve("node_modules/esbuild/bin/esbuild"),
    ["--bundle", "--platform=node", "--target=node20", "--loader=ts", `--sourcefile=${settingsFile}`],
    { cwd: folder, input: Buffer.from(text, "latin1"), encoding: "utf8", maxBuffer: 2 ** 28 },
  );
  if (error) {
    throw error;
  }
  if (status !== 0) {
    throw new Error(`esbuild: ${shortMessage(stderr)}`);
  }
  const module: { exports: Readonly<Record<string, unknown>> } = { exports: {} };
  // As Node itself wraps a module.
  const run = runInThisContext(`(function (exports, require, module) {${stdout}\n})`);
  run(module.exports, createRequire(resolve(folder, settingsFile)), module);
  const { clusters } = module.exports;
  return Array.isArray(clusters) ? clusters : [];
}
