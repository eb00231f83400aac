import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../operations/command/failure";
import { commandLine, start } from "../operations/command/program";
import { newestRelease } from "../releases/all";
import { next } from "../releases/next";
import { changedParts, listedSource, problemsOfNext, releaseSource, upstreamModules } from "./new-release";

start(
  commandLine(
    "release",
    "Make a release of the versions in releases/next.ts, under the day of today (UTC). It writes releases/<day>.ts and adds it to releases/all.ts; no cluster has it until its settings name it.",
  ).action(write),
);

function write(): void {
  const name = new Date().toISOString().slice(0, 10);
  const file = `releases/${name}.ts`;
  if (existsSync(file)) {
    throw new CommandError(`${file} is there, and a release that was made does not change`, {
      next: `git rm ${file}, take it out of releases/all.ts, if no cluster has it yet, and run this again; or wait for tomorrow`,
    });
  }
  const problems = problemsOfNext(name, next, newestRelease);
  if (problems.length > 0) {
    throw new CommandError(problems.map((problem) => `releases/next.ts ${problem}`).join("\n"), {
      next: "change releases/next.ts (docs/releases.md), then npm run release",
    });
  }
  writeFileSync(file, releaseSource(name, readFileSync("releases/next.ts", "utf8")));
  writeFileSync("releases/all.ts", listedSource(name, newestRelease.name, readFileSync("releases/all.ts", "utf8")));
  const folder = writeUpstreamModules(name);
  process.stdout.write(
    `${file}: ${changedParts(next, newestRelease).join(", ")} since ${newestRelease.name}\n  next: npm run format; write ${folder}/go.sum, with the versions of Flux's controllers in go.mod; then rehearse it (docs/releases.md)\n`,
  );
}

/** Returns the folder in which rehearsals of the release find what modules they take. */
function writeUpstreamModules(name: string): string {
  const folderOf = (release: string) => join("rehearsal", "setup", "upstream", release);
  const last = readFileSync(join(folderOf(newestRelease.name), "go.mod"), "utf8");
  mkdirSync(folderOf(name), { recursive: true });
  writeFileSync(join(folderOf(name), "go.mod"), upstreamModules(next, last));
  return folderOf(name);
}
