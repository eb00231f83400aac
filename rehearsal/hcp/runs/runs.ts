import { isFinal, type Run, type RunStatus } from "../records/run";
import type { Store } from "../records/store";
import { latestConfiguration } from "./configuration";
import { newRun, type RunRequest } from "./new-run";
import { notify } from "./notify";
import { moveRun } from "./progress";
import type { TaskStages } from "./task-stages";
import { type RunOptions, Transitions } from "./transitions";

/** Moves runs from status to status. */
export class Runs {
  private readonly transitions: Transitions;
  /** Statuses in which runs stay until `release`. */
  private readonly holds = new Set<RunStatus>();
  /** What each run is doing, so that it does one thing after the other. */
  private readonly work = new Map<string, Promise<unknown>>();

  constructor(
    private readonly store: Store,
    private readonly options: RunOptions,
  ) {
    this.transitions = new Transitions(
      store,
      options,
      (run) => this.drive(run),
      (run) => this.follow(run),
    );
  }

  /** Takes what run tasks say. */
  get tasks(): TaskStages {
    return this.transitions.tasks;
  }

  isConfirmable(run: Run): boolean {
    return this.transitions.isConfirmable(run);
  }

  create(request: RunRequest): Run {
    const run = newRun(this.store, request);
    notify(this.store, this.options.origin, run, "created");
    this.drive(run.id);
    return run;
  }

  /** Goes on with all runs, as after a restart. */
  driveAll(): void {
    this.driveWhere((run) => !isFinal(run));
  }

  /** Moves a run by one status; returns false if it waits for somebody. */
  step(run: string): Promise<boolean> {
    return this.afterOthers(run, () => this.transitions.next(this.store.runs.the(run)));
  }

  hold(status: RunStatus): void {
    this.holds.add(status);
  }

  release(): void {
    this.holds.clear();
    this.driveAll();
  }

  /** Confirms a plan. */
  confirm(run: Run): void {
    moveRun(this.store, run, "confirmed");
    this.drive(run.id);
  }

  /** Ends a run that is not to go on. */
  end(run: Run, status: "discarded" | "canceled" | "force_canceled"): void {
    this.transitions.finish(run, status);
    this.tasks.cancel(run);
  }

  close(): void {
    this.tasks.close();
  }

  /** Moves a run as far as it goes. */
  drive(run: string): void {
    if (this.options.stepped) {
      return;
    }
    this.afterOthers(run, async () => {
      while (this.mayMove(run) && (await this.transitions.next(this.store.runs.the(run)))) {
        this.store.save();
      }
      if (this.store.runs.get(run)?.status !== "pending") {
        this.driveWhere(({ status }) => status === "pending");
      }
    });
  }

  /** A run may be gone with its workspace. */
  private mayMove(id: string): boolean {
    const run = this.store.runs.get(id);
    return run !== undefined && !this.holds.has(run.status);
  }

  private driveWhere(matches: (run: Run) => boolean): void {
    for (const run of this.store.runs.all.filter(matches)) {
      this.drive(run.id);
    }
  }

  private afterOthers<Result>(run: string, act: () => Promise<Result>): Promise<Result> {
    const result = (this.work.get(run) ?? Promise.resolve()).then(act);
    this.work.set(
      run,
      result.catch((failure) => process.stderr.write(`${run}: ${failure}\n`)),
    );
    return result;
  }

  /** Has others begin after a run, and starts runs in the workspaces that are to follow one that was applied. */
  private follow({ id, status, workspace: source, createdBy }: Run): void {
    const triggers = status === "applied" ? this.store.runTriggers.all : [];
    for (const { workspace: next } of triggers.filter((trigger) => trigger.source === source)) {
      const workspace = this.store.workspaces.the(next);
      const configurationVersion = latestConfiguration(this.store, workspace);
      if (configurationVersion !== undefined) {
        const message = `Triggered automatically from run ${id} of ${this.store.workspaces.the(source).attributes.name}`;
        const automatic = { "auto-apply": workspace.attributes["auto-apply-run-trigger"], source: "tfe-run-trigger" };
        this.create({ workspace, configurationVersion, createdBy, attributes: { message, ...automatic } });
      }
    }
    this.driveAll();
  }
}
