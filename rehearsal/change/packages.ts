import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { runProgram } from "../../operations/command/run-program";
import { cached } from "../setup/cache";

/** What decides which packages a project has. */
const lists = ["package.json", "package-lock.json", ".npmrc"];

/** Gives another commit of this project the packages that it wants: these here if they are the same, else those of its own lock file. */
export async function providePackages(project: string, signal: AbortSignal): Promise<void> {
  const sameLock = textOf(join(project, "package-lock.json")) === textOf("package-lock.json");
  const packages = sameLock ? "node_modules" : await installedPackages(project, signal);
  linkPackages(realpathSync(packages), join(project, "node_modules"));
}

/**
 * Makes a folder of links to all packages of another. What programs keep beside packages, such as bundles in `.cache`, each has for itself:
 * commits before this one delete bundles that they did not make.
 */
export function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from).filter((one) => one !== ".cache")) {
    symlinkSync(join(from, name), join(to, name));
  }
}

/** Returns the folder of the packages of a project's lock file, which are installed once. */
async function installedPackages(project: string, signal: AbortSignal): Promise<string> {
  const texts = lists.map((name) => textOf(join(project, name)));
  const entry = {
    name: "packages",
    title: "packages of the other commit",
    decidedBy: [...texts, process.version, process.platform, process.arch],
    make: async (folder: string) => {
      for (const name of lists.filter((one) => existsSync(join(project, one)))) {
        copyFileSync(join(project, name), join(folder, name));
      }
      const npm = (command: string) =>
        runProgram("npm", [command, "--include=dev", "--no-audit", "--no-fund"], { cwd: folder, signal });
      const installed = await npm("ci");
      // The first commits' lock files lack packages of other platforms, which npm of today misses. It adds them to the copy.
      const isIncomplete = installed.code !== 0 && / from lock file$/m.test(installed.errors);
      const { code, errors } = isIncomplete ? await npm("install") : installed;
      if (code !== 0) {
        throw new CommandError(`the packages of the other commit cannot be installed\n${errors.trim()}`, {
          next: "see what npm says; that commit's package-lock.json wants other packages than this one's",
        });
      }
    },
  };
  return join(await cached(entry, signal), "node_modules");
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
