import type { BareRepository } from "./bare-repository";
import { git } from "./git";

/** Whom a commit names as its author or committer. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** As ISO 8601 writes it; undefined for now. */
  readonly date: string | undefined;
}

export interface Commit {
  readonly sha: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  readonly message: string;
}

/** Reads a commit. */
export async function readCommit({ folder }: BareRepository, sha: string): Promise<Commit> {
  const text = (await git(folder, ["cat-file", "commit", sha])).toString();
  const end = text.indexOf("\n\n");
  const headers = text.slice(0, end).split("\n");
  const values = (name: string) =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  return {
    sha,
    tree: values("tree")[0] ?? "",
    parents: values("parent"),
    author: person(values("author")[0]),
    committer: person(values("committer")[0]),
    message: text.slice(end + 2).trimEnd(),
  };
}

/** Reads `Name <address> 1700000000 +0000`. */
function person(line = ""): Person {
  const [, name = "", email = "", seconds] = /^(.*) <(.*)> (\d+) [+-]\d+$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z") };
}

/** What a commit did to a file, by GitHub's words. */
export interface ChangedFile {
  readonly filename: string;
  readonly status: "added" | "removed" | "modified";
  /** Blob after the commit; for a removed file, before it. */
  readonly sha: string;
}

const statuses: Readonly<Record<string, ChangedFile["status"]>> = { A: "added", D: "removed" };

/** Returns what a commit did to which files. */
export async function changedFiles({ folder }: BareRepository, sha: string): Promise<ChangedFile[]> {
  const text = await git(folder, ["diff-tree", "-r", "-z", "--root", "--no-commit-id", "--no-renames", sha]);
  // `:100644 100644 <before> <after> M`, a zero byte, the path, a zero byte, and so on.
  const changes = text.toString().matchAll(/:\d+ \d+ (\w+) (\w+) (\w)\0([^\0]+)\0/g);
  return [...changes].map(([, before = "", after = "", letter = "", filename = ""]) => ({
    filename,
    status: statuses[letter] ?? "modified",
    sha: letter === "D" ? before : after,
  }));
}
