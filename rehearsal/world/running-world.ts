import { join } from "node:path";

import { CommandError } from "../../operations/command/failure";
import { type QueryService, queryAws } from "./aws-query";
import { createdInCluster, type Entry, stamp, standinEntries } from "./entries";
import { worldEnvironment } from "./environment";
import { askGithub } from "./github";
import { kubeconfigOf, standinJournal, variablesOf } from "./world-files";

/** A world that runs: stand-ins for AWS and GitHub that also answer a rehearsal's questions. */
export class RunningWorld {
  readonly aws: string;
  readonly github: string;
  /** All variables of what runs in this world. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where stand-ins for Helm's and Kubernetes' providers write what they were asked to do. */
  private readonly journalFile: string;

  /**
   * @param folder - of a world that was started
   * @param signal - ends what is run in it
   */
  constructor(
    private readonly folder: string,
    readonly signal: AbortSignal = new AbortController().signal,
  ) {
    this.environment = worldEnvironment(process.env, variablesOf(folder));
    this.aws = this.environment["AWS_ENDPOINT_URL"] ?? "";
    this.github = this.environment["GITHUB_BASE_URL"] ?? "";
    this.journalFile = join(folder, standinJournal);
  }

  /** Identifiers of all that exists in AWS, by kind. */
  inventory(): Promise<Record<string, string[]>> {
    return ask(`${this.aws}/_rehearsal/inventory`);
  }

  /** Repositories with their settings, keys and files; without commits, of which there are more after every run. */
  async repositories(): Promise<Repository[]> {
    const { repositories } = await ask<{ repositories: (Repository & { branches: object })[] }>(
      `${this.github}_rehearsal/inventory`,
    );
    return repositories.map(({ branches, ...repository }) => ({
      ...repository,
      branches: Object.keys(branches),
    }));
  }

  /** Returns everything that was changed, in AWS, in GitHub and by the stand-ins, in the order of time. */
  async journal(): Promise<Entry[]> {
    const aws = await ask<{ time: string | number; service: string; action: string; status: number }[]>(
      `${this.aws}/_rehearsal/journal`,
    );
    const github = await ask<Record<string, string>[]>(`${this.github}_rehearsal/journal`);
    const standins = standinEntries(this.journalFile);
    const entries: Entry[] = [
      ...aws
        .filter(({ status }) => status < 300)
        .map(({ time, service, action }) => ({ time: stamp(time), what: `${service} ${action}` })),
      ...github.map((entry) => ({ time: stamp(entry.time ?? ""), what: `github ${entry.file ?? entry.action ?? ""}` })),
      ...(standins ?? (await createdInCluster(kubeconfigOf(this.folder)))),
    ];
    return entries.sort((one, other) => one.time - other.time);
  }

  /** Has the next call of this kind fail, or be held up and then fail; with `after`, it is carried out first. */
  async failAws(fault: {
    service: string;
    action: string;
    resource?: string;
    status: number;
    code?: string;
    delay?: number;
    after?: boolean;
  }): Promise<void> {
    await ask(`${this.aws}/_rehearsal/fail`, { times: 1, ...fault });
  }

  async failGithub(fault: Record<string, unknown>): Promise<void> {
    await ask(`${this.github}_rehearsal/fail`, { times: 1, ...fault });
  }

  /** Returns whether all faults have hit; one that holds a call up has when the holding up begins. */
  async faultsHaveHit(): Promise<boolean> {
    const ofAws = await ask<{ times: number }[]>(`${this.aws}/_rehearsal/fail`);
    const ofGithub = await ask<unknown[]>(`${this.github}_rehearsal/fail`);
    return ofAws.every(({ times }) => times === 0) && ofGithub.length === 0;
  }

  /** Calls AWS as an SDK would. */
  async call(service: QueryService, action: string, parameters: Record<string, string>): Promise<void> {
    const { ok, status, text } = await queryAws(this.environment, service, { Action: action, ...parameters });
    if (!ok) {
      throw new CommandError(`${service} ${action}: ${status} ${text}`);
    }
  }

  /** Calls GitHub's REST API as whoever the environment's token belongs to. */
  async rest(method: string, path: string, body?: object): Promise<void> {
    await askGithub(this.environment, path, { method, body });
  }
}

/** A repository of GitHub's, with all that a rehearsal compares. */
export interface Repository {
  readonly full_name: string;
  readonly archived: boolean;
  readonly files: readonly string[];
}

async function ask<T>(url: string, body?: unknown): Promise<T> {
  const response = await fetch(url, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) {
    throw new CommandError(`${url}: ${response.status} ${text}`);
  }
  return (text ? JSON.parse(text) : undefined) as T;
}
