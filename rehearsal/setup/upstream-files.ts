import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { unzipSync } from "fflate";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import type { Release } from "../../releases/release";
import type { CacheEntry, MakeOptions } from "./cache";

/** Files of a Go module that somebody else publishes. */
export interface UpstreamFiles {
  /** The module's path: `github.com/cilium/cilium`. */
  readonly module: string;
  /** A folder whose `go.mod` names the module's version, and whose `go.sum` its hash. */
  readonly pinnedIn: string;
  /** Folder in the module. */
  readonly from: string;
  /**
   * Names of the files, where not all of the folder are wanted.
   * @default - all files that lie in it, at any depth
   */
  readonly names?: readonly string[];
  /** Folder in the cache's entry. */
  readonly to: string;
}

/** Returns the folder where the modules of a release are pinned that no program of ours is built with. */
export function upstreamPins({ name }: Pick<Release, "name">): string {
  return join("rehearsal/setup/upstream", name);
}

/** Returns an entry of the cache with files of modules, copied unchanged. */
export function upstreamEntry(name: string, title: string, all: readonly UpstreamFiles[]): CacheEntry {
  return {
    name,
    title,
    decidedBy: all.map((files) => JSON.stringify({ ...files, pinnedIn: pinOf(files) })),
    make: async (folder, options) => {
      for (const files of all) {
        await copy(files, folder, options);
      }
    },
  };
}

/** A module's version, and the hash of its zip, as `go.sum` writes them. */
interface Pin {
  readonly version: string;
  readonly hash: string;
}

export function pinOf({ module, pinnedIn }: Pick<UpstreamFiles, "module" | "pinnedIn">): Pin {
  const required = wordsAfter(module, join(pinnedIn, "go.mod"));
  const [version = ""] = required[0] ?? [];
  const [, hash] = wordsAfter(module, join(pinnedIn, "go.sum")).find(([of]) => of === version) ?? [];
  if (hash === undefined) {
    throw new Error(`${pinnedIn} does not pin ${module} with its hash`);
  }
  return { version, hash };
}

/** Returns what the lines of a file that begin with this word go on with. */
function wordsAfter(word: string, file: string): string[][] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines
    .map((line) => line.trim().split(" "))
    .filter(([first]) => first === word)
    .map(([, ...rest]) => rest);
}

/** The part of what `go mod download -json` prints that is read here. */
interface Download {
  readonly Zip: string;
  readonly Sum: string;
}

async function copy(files: UpstreamFiles, folder: string, options: MakeOptions): Promise<void> {
  const { version } = pinOf(files);
  options.phase(`downloads ${files.module} ${version}`);
  const zip = await verifiedZip(files, options.signal);
  const prefix = `${files.module}@${version}/${files.from}/`;
  const isWanted = (name: string) => name.startsWith(prefix) && files.names?.includes(basename(name)) !== false;
  const found = Object.entries(unzipSync(readFileSync(zip), { filter: ({ name }) => isWanted(name) }));
  if (found.length === 0 || found.length < (files.names?.length ?? 0)) {
    throw new Error(`${files.module} ${version} lacks files in ${files.from}`);
  }
  for (const [name, content] of found) {
    const path = join(folder, files.to, name.slice(prefix.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Returns the path of a module's zip, whose hash Go has compared with `go.sum`. */
async function verifiedZip({ module, pinnedIn }: UpstreamFiles, signal: AbortSignal): Promise<string> {
  const { version, hash } = pinOf({ module, pinnedIn });
  // With `local`, Go downloads no later Go that the module may ask for: nothing of it is compiled here.
  const environment = { ...process.env, GOTOOLCHAIN: "local", GOWORK: "off" };
  const words = ["mod", "download", "-json", `${module}@${version}`];
  const { output, errors } = await runProgram("go", words, { signal, cwd: pinnedIn, environment });
  // Go ends with 1 where the module asks for a later Go, and has its zip all the same.
  const { Zip: zip, Sum: sum }: Partial<Download> = output === "" ? {} : JSON.parse(output);
  if (zip === undefined || sum !== hash) {
    throw new CommandError(`${module} ${version} cannot be downloaded\n${(output + errors).trim()}`, {
      next: "see what Go says; it needs its module proxy (GOPROXY)",
    });
  }
  return zip;
}
