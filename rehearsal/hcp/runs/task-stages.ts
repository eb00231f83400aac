import { setTimeout as sleep } from "node:timers/promises";

import { newId, newSecret } from "../records/identifiers";
import { now } from "../records/now";
import type { Run } from "../records/run";
import type { EnforcementLevel, ResultStatus, RunTask, Stage, TaskResult, TaskStage } from "../records/run-task";
import type { Store } from "../records/store";
import type { Changes } from "../records/table";
import { isOnLoopback } from "./deliver";
import { askTask, taskPayload } from "./run-tasks";

export interface TaskOptions {
  /** Where the stand-in is, without a slash at the end. */
  readonly origin: string;
  /** Milliseconds that a task has for its result. */
  readonly taskTimeout: number;
  /** Milliseconds between attempts to ask a task that does not answer 200. */
  readonly taskRetryDelay: number;
}

/** How often a task is asked that does not answer 200; HCP's number is not known. */
const attempts = 3;

/** Asks the tasks of a stage, and takes what they say. */
export class TaskStages {
  private readonly timers = new Set<NodeJS.Timeout>();

  /** @param settled - is called when a run's task has a final result */
  constructor(
    private readonly store: Store,
    private readonly options: TaskOptions,
    private readonly settled: (run: string) => void,
  ) {}

  /** Asks the tasks of the run's stage; returns false if it has none. */
  begin(run: Run, stage: Stage): boolean {
    const tasks = this.tasksOf(run, stage);
    if (tasks.length === 0) {
      return false;
    }
    const time = now();
    const begun: TaskStage = {
      id: newId("ts"),
      run: run.id,
      stage,
      status: "running",
      timestamps: { "running-at": time },
      createdAt: time,
      updatedAt: time,
    };
    this.store.taskStages.add(begun);
    for (const { task, workspaceTask, enforcementLevel } of tasks) {
      const result = this.store.taskResults.add({
        id: newId("taskrs"),
        callback: newId("taskcb"),
        taskStage: begun.id,
        task: { id: task.id, name: task.attributes.name, url: task.attributes.url },
        workspaceTask,
        enforcementLevel,
        status: "pending",
        message: null,
        url: null,
        outcomes: [],
        timestamps: { "pending-at": time },
        createdAt: time,
        updatedAt: time,
      });
      this.ask(run, stage, task, result);
    }
    return true;
  }

  /** Returns how a run's stage ended; undefined while a result is missing. */
  outcome(run: Run, stage: Stage): "passed" | "failed" | undefined {
    const record = this.store.taskStages.all.find((one) => one.run === run.id && one.stage === stage);
    const results = this.store.taskResults.all.filter(({ taskStage }) => taskStage === record?.id);
    if (record === undefined || results.some(({ status }) => !isSettled(status))) {
      return undefined;
    }
    const failed = results.some(
      ({ status, enforcementLevel }) => status !== "passed" && enforcementLevel === "mandatory",
    );
    const status = failed ? "failed" : "passed";
    const timestamps = { ...record.timestamps, [`${status}-at`]: now() };
    this.store.taskStages.change(record.id, { status, timestamps, updatedAt: now() });
    return status;
  }

  /** Takes what a task says of a run, or what is to be said where it says nothing. */
  take(id: string, changes: Changes<TaskResult> & { readonly status: ResultStatus }): void {
    const result = this.store.taskResults.get(id);
    // It may be gone with its workspace.
    if (result === undefined || isSettled(result.status)) {
      return;
    }
    const { timestamps, taskStage } = result;
    const time = now();
    const stamped = { ...timestamps, [`${changes.status}-at`]: time };
    this.store.taskResults.change(id, { ...changes, timestamps: stamped, updatedAt: time });
    if (isSettled(changes.status)) {
      this.store.tokens.deleteWhere(({ taskResult }) => taskResult === id);
      this.settled(this.store.taskStages.the(taskStage).run);
    }
  }

  /** Ends what a run still waits for. */
  cancel(run: Run): void {
    for (const stage of this.store.taskStages.all.filter((one) => one.run === run.id && one.status === "running")) {
      this.store.taskStages.change(stage.id, { status: "canceled", updatedAt: now() });
      for (const { id } of this.store.taskResults.all.filter(({ taskStage }) => taskStage === stage.id)) {
        this.take(id, { status: "canceled" });
      }
    }
  }

  close(): void {
    this.timers.forEach(clearTimeout);
  }

  private tasksOf({ workspace }: Run, wanted: Stage) {
    const { organization } = this.store.workspaces.the(workspace);
    const own = this.store.workspaceTasks.all
      .filter((one) => one.workspace === workspace && one.stages.includes(wanted))
      .map(({ id, task, enforcementLevel }) => ({
        task: this.store.runTasks.the(task),
        workspaceTask: id,
        enforcementLevel,
      }));
    const everywhere = this.store.runTasks.all.flatMap((task) => {
      const global = task.attributes["global-configuration"];
      const applies = task.organization === organization && global?.enabled && global.stages.includes(wanted);
      const isOwn = own.some((one) => one.task.id === task.id);
      const enforcementLevel: EnforcementLevel = global?.["enforcement-level"] ?? "advisory";
      return applies && !isOwn ? [{ task, workspaceTask: null, enforcementLevel }] : [];
    });
    return [...own, ...everywhere].filter(({ task }) => task.attributes.enabled);
  }

  private async ask(run: Run, stage: Stage, task: RunTask, result: TaskResult): Promise<void> {
    if (!isOnLoopback(task.attributes.url)) {
      this.take(result.id, { status: "unreachable", message: "not asked: it is off this machine" });
      return;
    }
    const token = this.tokenFor(run, result);
    const workspace = this.store.workspaces.the(run.workspace);
    const configurationVersion = this.store.configurationVersions.the(run.configurationVersion);
    const { origin, taskTimeout, taskRetryDelay } = this.options;
    const payload = taskPayload({ origin, run, workspace, configurationVersion, stage, result, token });
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const answer = await askTask(task, payload).catch(() => undefined);
      if (answer?.status === 200) {
        if (this.store.taskResults.get(result.id)?.status === "pending") {
          this.take(result.id, { status: "running" });
        }
        this.expectWithin(taskTimeout, result.id);
        return;
      }
      await sleep(taskRetryDelay, undefined, { ref: false });
    }
    this.take(result.id, { status: "errored", message: "The run task did not answer 200" });
  }

  private tokenFor({ id: run, workspace }: Run, { id: taskResult, task }: TaskResult): string {
    const { organization } = this.store.workspaces.the(workspace);
    return this.store.tokens.add({
      id: newSecret(),
      kind: "task",
      holder: task.id,
      name: task.name,
      organizations: [organization],
      workspaces: [workspace],
      permission: "read",
      run,
      taskResult,
      expires: Date.now() + this.options.taskTimeout,
    }).id;
  }

  private expectWithin(milliseconds: number, result: string): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.take(result, { status: "errored", message: "The run task sent no result in time" });
    }, milliseconds);
    this.timers.add(timer.unref());
  }
}

export function isSettled(status: ResultStatus): boolean {
  return !["pending", "running"].includes(status);
}
