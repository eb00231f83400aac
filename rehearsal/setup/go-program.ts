import { accessSync, constants, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { type CacheEntry, cached, isCached, type MakeOptions } from "./cache";

/** A program of this repository that is written in Go. */
export interface GoProgram {
  readonly name: string;
  /** What people are told while it is built. */
  readonly title: string;
  /** The folder of `main.go`, and of `go.mod` and `go.sum` where no other is named; these three are all of its sources. */
  readonly folder: string;
  /**
   * The folder of `go.mod` and `go.sum`, in `folder` or below it.
   * @default - `folder`
   */
  readonly moduleFolder?: string;
  /**
   * Variables of its packages that the linker sets: `k8s.io/component-base/version.gitVersion`.
   * @default - none
   */
  readonly variables?: Readonly<Record<string, string>>;
  /**
   * A variable of the environment that may name the program where it is there already.
   * @default - it is always the one in the cache
   */
  readonly variable?: string;
}

/** Returns the path of a program: of the one that its variable names, or else of the one in the cache, which it builds if need be. */
export async function goProgram(program: GoProgram, signal: AbortSignal): Promise<string> {
  return givenProgram(program) ?? join(await cached(programEntry(program), signal), program.name);
}

export function isProgramReady(program: GoProgram): boolean {
  return givenProgram(program) !== undefined || isCached(programEntry(program));
}

/** Returns the path in the program's variable, if that is set. */
function givenProgram({ variable }: GoProgram): string | undefined {
  const path = variable && process.env[variable];
  if (!path) {
    return undefined;
  }
  try {
    accessSync(path, constants.X_OK);
  } catch {
    throw new CommandError(`${variable} names '${path}', which is no program`, {
      next: `correct it, or unset ${variable} and have the program built`,
    });
  }
  return resolve(path);
}

/** Returns the program's place in the cache. It is one for each content of the sources and each kind of machine. */
export function programEntry({ name, title, folder, moduleFolder = folder, variables = {} }: GoProgram): CacheEntry {
  const files = [join(folder, "main.go"), join(moduleFolder, "go.mod"), join(moduleFolder, "go.sum")];
  const sources = files.map((file) => readFileSync(file, "utf8"));
  // Without the tables for debuggers, it is a third smaller.
  const linkerFlags = ["-s", "-w", ...Object.entries(variables).map(([name, value]) => `-X=${name}=${value}`)];
  const flags = ["-trimpath", "-buildvcs=false", `-ldflags=${linkerFlags.join(" ")}`];
  const moduleFile = moduleFolder === folder ? [] : [`-modfile=${relative(folder, join(moduleFolder, "go.mod"))}`];
  return {
    name,
    title,
    decidedBy: [...sources, ...flags, process.platform, process.arch],
    make: (entry, options) => build(folder, [...flags, ...moduleFile, "-o", join(entry, name)], options),
  };
}

async function build(folder: string, flags: readonly string[], { signal, phase }: MakeOptions): Promise<void> {
  phase("go build, which takes minutes the first time");
  const words = ["build", ...flags, "."];
  const environment = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  const { code, errors } = await runProgram("go", words, { signal, cwd: folder, environment });
  if (code !== 0) {
    throw new CommandError(`go build in ${folder} ended with code ${code}\n${lastLines(errors)}`, {
      next: "see what Go says; it needs its module proxy (GOPROXY) the first time",
    });
  }
}

/** Go names every module that it downloads, before it says what is wrong. */
function lastLines(errors: string): string {
  return errors.trim().split("\n").slice(-10).join("\n");
}
