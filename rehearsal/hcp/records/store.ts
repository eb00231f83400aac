import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { AgentPool } from "./agent-pool";
import type { ConfigurationVersion } from "./configuration-version";
import type { Notification } from "./notification";
import { Objects } from "./objects";
import type { Organization } from "./organization";
import type { Project } from "./project";
import type { Run } from "./run";
import type { RunTask, TaskResult, TaskStage, WorkspaceTask } from "./run-task";
import type { RunTrigger } from "./run-trigger";
import type { StateVersion } from "./state-version";
import { Table } from "./table";
import type { Token } from "./token";
import type { Variable, VariableSet } from "./variable";
import type { Installation, OauthToken } from "./vcs";
import type { Workspace } from "./workspace";

/** All that the stand-in knows: records in one file of a folder, blobs beside it. */
export class Store {
  readonly objects: Objects;
  readonly tokens: Table<Token>;
  readonly organizations: Table<Organization>;
  readonly projects: Table<Project>;
  readonly workspaces: Table<Workspace>;
  readonly agentPools: Table<AgentPool>;
  readonly variables: Table<Variable>;
  readonly variableSets: Table<VariableSet>;
  readonly runTriggers: Table<RunTrigger>;
  readonly runTasks: Table<RunTask>;
  readonly workspaceTasks: Table<WorkspaceTask>;
  readonly notifications: Table<Notification>;
  readonly installations: Table<Installation>;
  readonly oauthTokens: Table<OauthToken>;
  readonly configurationVersions: Table<ConfigurationVersion>;
  readonly stateVersions: Table<StateVersion>;
  readonly runs: Table<Run>;
  readonly taskStages: Table<TaskStage>;
  readonly taskResults: Table<TaskResult>;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.objects = new Objects(join(folder, "objects"));
    const saved = existsSync(this.file) ? JSON.parse(readFileSync(this.file, "utf8")) : {};
    this.tokens = new Table(saved.tokens);
    this.organizations = new Table(saved.organizations);
    this.projects = new Table(saved.projects);
    this.workspaces = new Table(saved.workspaces);
    this.agentPools = new Table(saved.agentPools);
    this.variables = new Table(saved.variables);
    this.variableSets = new Table(saved.variableSets);
    this.runTriggers = new Table(saved.runTriggers);
    this.runTasks = new Table(saved.runTasks);
    this.workspaceTasks = new Table(saved.workspaceTasks);
    this.notifications = new Table(saved.notifications);
    this.installations = new Table(saved.installations);
    this.oauthTokens = new Table(saved.oauthTokens);
    this.configurationVersions = new Table(saved.configurationVersions);
    this.stateVersions = new Table(saved.stateVersions);
    this.runs = new Table(saved.runs);
    this.taskStages = new Table(saved.taskStages);
    this.taskResults = new Table(saved.taskResults);
  }

  private get file(): string {
    return join(this.folder, "records.json");
  }

  /** Writes the records; a stand-in that starts on the folder again has them. */
  save(): void {
    const { folder, objects, ...tables } = this;
    const records = Object.entries(tables).map(([name, table]) => [name, table.all]);
    const text = JSON.stringify(Object.fromEntries(records));
    writeFileSync(`${this.file}.new`, text, { mode: 0o600 });
    renameSync(`${this.file}.new`, this.file);
  }
}
