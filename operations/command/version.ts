import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Returns the version of this package, and the commit that is checked out if there is one: `0.1.0 (754da85)`. */
export function versionText(): string {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { readonly version: string };
  const commit = commitId();
  return commit === undefined ? version : `${version} (${commit})`;
}

function commitId(): string | undefined {
  // Elsewhere Git would answer for a repository around this folder.
  if (!existsSync(".git")) {
    return undefined;
  }
  try {
    return execFileSync("git", ["describe", "--always", "--dirty"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return undefined;
  }
}
