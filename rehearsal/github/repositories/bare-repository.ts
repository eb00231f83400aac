import { GitError, git, gitText } from "./git";

/** Commit id by which git says that a reference does not exist. */
export const noCommit = "0".repeat(40);

/** Another writer moved the reference first. */
export class Conflict extends Error {}

/** An entry of a tree, by git's words. */
export interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
  /** Path from the root of the repository. */
  readonly path: string;
}

/** A bare Git repository: its references, and what their commits hold. */
export class BareRepository {
  constructor(readonly folder: string) {}

  /** Returns commits by the full names of references. */
  async refs(prefix = "refs"): Promise<Record<string, string>> {
    const lines = await gitText(this.folder, ["for-each-ref", "--format=%(refname) %(objectname)", prefix]);
    return Object.fromEntries(
      lines
        .split("\n")
        .filter(Boolean)
        .map((line) => line.split(" ")),
    );
  }

  async hasBranches(): Promise<boolean> {
    return Object.keys(await this.refs("refs/heads")).length > 0;
  }

  /** Returns the object that a reference, or any other name that git knows, stands for. */
  async ref(name: string): Promise<string | undefined> {
    try {
      return await gitText(this.folder, ["rev-parse", "--quiet", "--verify", name]);
    } catch (thrown) {
      if (thrown instanceof GitError) {
        return undefined;
      }
      throw thrown;
    }
  }

  /** Returns the commit of a branch, a tag or a commit id. */
  async resolve(name: string): Promise<string | undefined> {
    if (name.startsWith("-")) {
      return undefined;
    }
    for (const candidate of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, name]) {
      const commit = await this.ref(`${candidate}^{commit}`);
      if (commit) {
        return commit;
      }
    }
    return undefined;
  }

  /**
   * Moves a reference; throws Conflict when it is not where the caller believed.
   * @param to - undefined deletes it
   * @param from - undefined where it must not exist
   */
  async updateRef(name: string, to: string | undefined, from: string | undefined): Promise<void> {
    const args = to === undefined ? ["-d", name, from ?? noCommit] : [name, to, from ?? noCommit];
    try {
      await git(this.folder, ["update-ref", ...args]);
    } catch (thrown) {
      const actual = await this.ref(name);
      if (actual === from) {
        throw thrown;
      }
      throw new Conflict(`is at ${actual ?? noCommit} but expected ${from ?? noCommit}`);
    }
  }

  /** Returns what stands at a path: nothing, a file's entry, or the entries of a folder. The root's path is empty. */
  async entry(commit: string, path: string): Promise<TreeEntry | TreeEntry[] | undefined> {
    if (path === "") {
      return this.entries(commit, []);
    }
    const [found] = await this.entries(commit, ["--", `:(literal)${path}`]);
    return found?.type === "tree" ? this.entries(commit, ["--", `:(literal)${path}/`]) : found;
  }

  private async entries(commit: string, paths: readonly string[]): Promise<TreeEntry[]> {
    const lines = (await git(this.folder, ["ls-tree", "-z", commit, ...paths])).toString().split("\0");
    return lines.filter(Boolean).map((line) => {
      const [info = "", path = ""] = line.split("\t");
      const [mode = "", type = "", sha = ""] = info.split(" ");
      return { mode, type, sha, path };
    });
  }

  blob(sha: string): Promise<Buffer> {
    return git(this.folder, ["cat-file", "blob", sha]);
  }

  /** Returns the paths of all files. */
  async files(commit: string): Promise<string[]> {
    const paths = await git(this.folder, ["ls-tree", "-r", "-z", "--name-only", commit]);
    return paths.toString().split("\0").filter(Boolean);
  }

  /**
   * Returns the last commits, newest first.
   * @param path - undefined for those of all files
   */
  async log(commit: string, path: string | undefined, count: number): Promise<string[]> {
    const paths = path ? ["--", `:(literal)${path}`] : [];
    return (await gitText(this.folder, ["rev-list", `--max-count=${count}`, commit, ...paths]))
      .split("\n")
      .filter(Boolean);
  }
}
