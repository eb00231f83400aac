import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { HostedRepository } from "./hosted-repository";
import { newMetadata, type RepositorySettings } from "./metadata";
import { now } from "./now";

/** Who has an account, and the repositories of each. */
export class Accounts {
  /** By folder: requests that overlap share one object, and so its metadata. */
  private readonly opened = new Map<string, HostedRepository>();

  /**
   * @param user - whose token it is
   * @param folder - of the repositories, one folder for each account
   */
  constructor(
    readonly user: string,
    private readonly organizations: readonly string[],
    private readonly folder: string,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  private get logins(): readonly string[] {
    return [this.user, ...this.organizations];
  }

  /** Returns a login as its account spells it. */
  knownLogin(login: string): string | undefined {
    return this.logins.find((known) => known.toLowerCase() === login.toLowerCase());
  }

  isOrganization(login: string): boolean {
    return this.organizations.includes(this.knownLogin(login) ?? "");
  }

  id(login: string): number {
    return 1 + this.logins.indexOf(login);
  }

  repository(login: string, name: string): HostedRepository | undefined {
    const owner = this.knownLogin(login);
    return owner !== undefined && /^[\w.-]+$/.test(name) ? this.open(this.folderOf(owner, name)) : undefined;
  }

  repositories(): HostedRepository[] {
    return this.logins
      .map((login) => join(this.folder, login))
      .filter((folder) => existsSync(folder))
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .filter((file) => file.endsWith(".json"))
      .flatMap((file) => this.open(file.replace(/json$/, "git")) ?? []);
  }

  exists(owner: string, name: string): boolean {
    return existsSync(this.folderOf(owner, name));
  }

  async create(owner: string, name: string, settings: Partial<RepositorySettings>): Promise<HostedRepository> {
    const folder = this.folderOf(owner, name);
    const repository = await HostedRepository.create(folder, newMetadata(owner, name, settings, now()));
    this.opened.set(folder, repository);
    return repository;
  }

  rename(repository: HostedRepository, name: string): HostedRepository {
    const folder = this.folderOf(repository.metadata.owner, name);
    repository.save({ name });
    repository.move(folder);
    const renamed = new HostedRepository(folder);
    this.opened.delete(repository.folder);
    this.opened.set(folder, renamed);
    return renamed;
  }

  delete(repository: HostedRepository): void {
    repository.delete();
    this.opened.delete(repository.folder);
  }

  /** Returns one folder for names that differ in case alone, since GitHub takes them for the same. */
  private folderOf(owner: string, name: string): string {
    return join(this.folder, owner, `${name.toLowerCase()}.git`);
  }

  private open(folder: string): HostedRepository | undefined {
    if (!existsSync(folder)) {
      return undefined;
    }
    const repository = this.opened.get(folder) ?? new HostedRepository(folder);
    this.opened.set(folder, repository);
    return repository;
  }
}
