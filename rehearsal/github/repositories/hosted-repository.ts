import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";

import { BareRepository } from "./bare-repository";
import { git } from "./git";
import type { RepositoryMetadata } from "./metadata";
import { now } from "./now";

/** A bare Git repository, and a JSON file of the same name beside it for what Git does not hold. */
export class HostedRepository extends BareRepository {
  private currentMetadata: RepositoryMetadata;
  /** Whether it was deleted or moved while a request still held it. */
  private gone = false;

  /** Opens the repository of a folder. */
  constructor(folder: string) {
    super(folder);
    this.currentMetadata = JSON.parse(readFileSync(metadataFile(folder), "utf8"));
  }

  static async create(folder: string, metadata: RepositoryMetadata): Promise<HostedRepository> {
    mkdirSync(folder, { recursive: true });
    await git(folder, ["init", "--quiet", "--bare", `--initial-branch=${metadata.default_branch}`]);
    writeFileSync(metadataFile(folder), JSON.stringify(metadata));
    return new HostedRepository(folder);
  }

  get metadata(): RepositoryMetadata {
    return this.currentMetadata;
  }

  save(change: Partial<RepositoryMetadata>): void {
    this.currentMetadata = { ...this.currentMetadata, updated_at: now(), ...change };
    if (!this.gone) {
      writeFileSync(metadataFile(this.folder), JSON.stringify(this.currentMetadata, null, 2));
    }
  }

  override async updateRef(name: string, to: string | undefined, from: string | undefined): Promise<void> {
    await super.updateRef(name, to, from);
    this.save({ pushed_at: now() });
  }

  async setDefaultBranch(branch: string): Promise<void> {
    await git(this.folder, ["symbolic-ref", "HEAD", `refs/heads/${branch}`]);
    this.save({ default_branch: branch });
  }

  /** Renames a branch; its protection, and the name of the default branch, follow. Throws GitError for a name that git refuses. */
  async renameBranch(from: string, to: string): Promise<void> {
    // Git has HEAD follow.
    await git(this.folder, ["branch", "--move", "--", from, to]);
    const { default_branch, protection } = this.metadata;
    this.save({
      default_branch: default_branch === from ? to : default_branch,
      protection: Object.fromEntries(
        Object.entries(protection).map(([branch, rule]) => [branch === from ? to : branch, rule]),
      ),
    });
  }

  /** Moves it to another folder. This object then writes nothing any more. */
  move(folder: string): void {
    this.gone = true;
    renameSync(this.folder, folder);
    renameSync(metadataFile(this.folder), metadataFile(folder));
  }

  delete(): void {
    this.gone = true;
    rmSync(this.folder, { recursive: true });
    rmSync(metadataFile(this.folder));
  }
}

function metadataFile(folder: string): string {
  return folder.replace(/\.git$/, ".json");
}
