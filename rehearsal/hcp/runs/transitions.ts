import { type FinalStatus, isFinal, type Run, type RunStatus } from "../records/run";
import type { Stage } from "../records/run-task";
import type { Store } from "../records/store";
import { notify, type RunEvent } from "./notify";
import { changePhase, moveRun } from "./progress";
import { type TaskOptions, TaskStages } from "./task-stages";
import type { RunTerraform } from "./terraform";
import { applyRun, planRun } from "./terraform-phases";

export interface RunOptions extends TaskOptions {
  readonly terraform: RunTerraform;
  /** Whether runs move by `step` alone. */
  readonly stepped: boolean;
  /** How many runs may plan or apply at a time. */
  readonly concurrentRuns: number;
}

/** What follows on what in a run (https://developer.hashicorp.com/terraform/cloud-docs/run/states). */
export class Transitions {
  readonly tasks: TaskStages;
  /** Runs whose plan somebody is to confirm. */
  private readonly waiting = new Set<string>();

  /**
   * @param goOn - is called with a run that waits no longer
   * @param ended - is called with a run that is at its end
   */
  constructor(
    private readonly store: Store,
    private readonly options: RunOptions,
    goOn: (run: string) => void,
    private readonly ended: (run: Run) => void,
  ) {
    this.tasks = new TaskStages(store, options, goOn);
  }

  /** Returns whether a run waits for somebody to confirm its plan. */
  isConfirmable({ id }: Pick<Run, "id">): boolean {
    const run = this.store.runs.the(id);
    return this.waiting.has(id) && ["planned", "post_plan_completed"].includes(run.status);
  }

  /** Moves a run by one status; returns false if it waits for somebody, or is at its end. */
  async next(run: Run): Promise<boolean> {
    switch (run.status) {
      case "pending":
        return this.begin(run);
      case "pre_plan_running":
        return this.leave(run, "pre_plan", "pre_plan_completed");
      case "pre_plan_completed":
        return this.move(run, "plan_queued");
      case "plan_queued":
        this.tell(run, "planning");
        return this.move(run, "planning");
      case "planning":
        return this.plan(run);
      case "planned":
        return this.enter(run, "post_plan", "post_plan_running") || this.afterPlan(run);
      case "post_plan_running":
        return this.leave(run, "post_plan", "post_plan_completed");
      case "post_plan_completed":
        return this.afterPlan(run);
      case "confirmed":
        return this.enter(run, "pre_apply", "pre_apply_running") || this.move(run, "apply_queued");
      case "pre_apply_running":
        return this.leave(run, "pre_apply", "pre_apply_completed");
      case "pre_apply_completed":
        return this.move(run, "apply_queued");
      case "apply_queued":
        this.tell(run, "applying");
        return this.move(run, "applying");
      case "applying":
        return this.apply(run);
      case "post_apply_running":
        return this.leave(run, "post_apply", "applied");
      default:
        return false;
    }
  }

  /** Takes the workspace, unless somebody has it. A plan that nobody can apply needs none. */
  private begin(run: Run): boolean {
    const { lock } = this.store.workspaces.the(run.workspace);
    const others = this.store.runs.all.filter((one) => one.id !== run.id && !isFinal(one));
    const busy = others.filter((one) => one.status !== "pending" && !this.isConfirmable(one));
    const isAlone = run.attributes["plan-only"] || lock === null;
    if (!isAlone || busy.length >= this.options.concurrentRuns) {
      return false;
    }
    if (!run.attributes["plan-only"]) {
      const { id } = run;
      this.store.workspaces.change(run.workspace, { lock: { type: "runs", id, reason: "" }, currentRun: id });
    }
    return this.enter(run, "pre_plan", "pre_plan_running") || this.move(run, "plan_queued");
  }

  private async plan(run: Run): Promise<boolean> {
    switch (await planRun(this.store, this.options.terraform, run)) {
      case "errored":
        return this.finish(run, "errored");
      case "unchanged":
        return this.finish(run, "planned_and_finished");
      case "changed":
        return this.move(run, "planned");
      default:
        return false;
    }
  }

  private afterPlan(run: Run): boolean {
    if (run.attributes["plan-only"]) {
      return this.finish(run, "planned_and_finished");
    }
    if (run.attributes["auto-apply"]) {
      return this.move(run, "confirmed");
    }
    if (!this.waiting.has(run.id)) {
      this.waiting.add(run.id);
      this.tell(run, "needs_attention");
    }
    return false;
  }

  private async apply(run: Run): Promise<boolean> {
    switch (await applyRun(this.store, this.options.terraform, run)) {
      case "errored":
        return this.finish(run, "errored");
      case "applied":
        return this.enter(run, "post_apply", "post_apply_running") || this.finish(run, "applied");
      default:
        return false;
    }
  }

  /** Begins the tasks of a stage; returns false if there are none. */
  private enter(run: Run, stage: Stage, status: RunStatus): boolean {
    return this.tasks.begin(run, stage) && this.move(run, status);
  }

  /** Goes on when the tasks of a stage have their results; what was applied stays applied. */
  private leave(run: Run, stage: Stage, next: RunStatus): boolean {
    switch (this.tasks.outcome(run, stage)) {
      case undefined:
        return false;
      case "failed":
        return this.finish(run, stage === "post_apply" ? "applied" : "errored");
      default:
        return stage === "post_apply" ? this.finish(run, "applied") : this.move(run, next);
    }
  }

  private move(run: Run, status: RunStatus): boolean {
    moveRun(this.store, run, status);
    return true;
  }

  /** Ends a run, frees its workspace, and has others begin. Returns false, since nothing follows. */
  finish({ id }: Run, status: FinalStatus): boolean {
    const run = moveRun(this.store, this.store.runs.the(id), status);
    this.waiting.delete(id);
    const { lock } = this.store.workspaces.the(run.workspace);
    if (lock?.id === id) {
      this.store.workspaces.change(run.workspace, { lock: null });
    }
    for (const phase of ["plan", "apply"] as const) {
      if (run[phase].status === "running") {
        changePhase(this.store, run, phase, { status: "canceled" });
      } else if (run[phase].status === "pending") {
        changePhase(this.store, run, phase, { status: "unreachable" });
      }
    }
    this.store.save();
    if (status !== "discarded") {
      this.tell(run, ["applied", "planned_and_finished"].includes(status) ? "completed" : "errored");
    }
    this.ended(run);
    return false;
  }

  private tell(run: Run, event: RunEvent): void {
    notify(this.store, this.options.origin, run, event);
  }
}
