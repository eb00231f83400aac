import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { ClusterSettings } from "../../schema/settings";

/** What became of a run of a program. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Makes the folder in which the world's Terraform was run a project with these settings, in which programs can be run. */
export function makeProject(folder: string, settings: ClusterSettings): void {
  const sources = [
    "constructs",
    "main.ts",
    "operations",
    "package-lock.json",
    "package.json",
    "schema",
    "scripts",
    "stacks",
  ];
  for (const source of sources) {
    cpSync(source, join(folder, source), { recursive: true });
  }
  for (const made of [".gen", "node_modules"]) {
    rmSync(join(folder, made), { force: true });
    symlinkSync(resolve(made), join(folder, made));
  }
  const text = JSON.stringify([settings]);
  writeFileSync(
    join(folder, "settings.ts"),
    `import type { ClusterSettings } from "./schema/settings";\n\nexport const clusters: ClusterSettings[] = ${text};\n`,
  );
}

/**
 * Runs one of the project's programs, to its end or until it has printed something.
 * @param killedAt - kills it, and all that it started in its group, as soon as it has printed that
 */
export async function runProgram(
  folder: string,
  program: string,
  words: readonly string[],
  killedAt?: RegExp,
): Promise<Run> {
  const args = [join("scripts", "run.mjs"), program, ...words];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: process.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { output: "", errors: "" };
  child.stdout.on("data", (text) => {
    said.output += text;
    if (killedAt?.test(said.output)) {
      kill(child);
    }
  });
  child.stderr.on("data", (text) => {
    said.errors += text;
  });
  const code = await new Promise<number | null>((done, fail) => child.on("close", done).on("error", fail));
  return { code, ...said };
}

function kill({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, "SIGKILL");
  }
}
