import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import { shortMessage } from "../../../platform/visible-text";
import { CommandError, errorOf } from "../../command/failure";
import { isForeseen } from "../../command/report-error";
import { fetchPlan, type HcpHost, sendResult } from "./hcp-calls";
import type { KeptPages } from "./kept-pages";
import type { Outcome } from "./outcomes";
import type { RunTask } from "./payload";
import { type PlanReview, type PlanReviewRequest, planReview, planReviewFiles } from "./plan-review";
import type { WorkQueue } from "./work-queue";

/** What tasks are carried out with. */
export interface TaskContext {
  readonly hcp: HcpHost;
  /** Of reviews. */
  readonly queue: WorkQueue;
  /** Undefined if none are kept. */
  readonly pages: KeptPages | undefined;
  /** For plans, while they are reviewed. */
  readonly folder: string;
  readonly review: Pick<PlanReviewRequest, "failOn" | "silences">;
  readonly shutdown: Shutdown;
}

/** Ends what is in work, one kind after the other, when the program ends. */
export interface Shutdown {
  /** Ends tasks that wait for their turn. */
  readonly waiting: AbortController;
  /** Ends reviews. */
  readonly reviewing: AbortController;
  /** Ends calls that tell results. */
  readonly telling: AbortController;
}

/** What became of a task: `running` says that no result was given. */
export interface TaskEnd {
  readonly status: "passed" | "failed" | "running";
  readonly message: string;
}

/** Milliseconds. HCP Terraform gives a task up of which it hears nothing for ten minutes. */
const heartbeatInterval = 240_000;

/** Reviews the plan of a task and tells HCP Terraform of it. Whatever goes wrong is told there too, and never thrown. */
export async function carryOut(task: RunTask, context: TaskContext): Promise<TaskEnd> {
  const heartbeat = setInterval(() => tell(task, context, { status: "running" }).catch(() => {}), heartbeatInterval);
  try {
    await tell(task, context, { status: "running", message: "The review has begun." });
    const { outcomes, ...end } = await resultOf(task, context);
    if (outcomes.length > 0 && task.takesOutcomes) {
      // The result must not depend on whether they are taken.
      await tell(task, context, { status: "running", outcomes }).catch(() => {});
    }
    await tell(task, context, end);
    return end;
  } catch (thrown) {
    return { status: "running", message: reasonOf(thrown) };
  } finally {
    clearInterval(heartbeat);
  }
}

/** A result, with what HCP Terraform shows beside it. */
interface Result extends TaskEnd {
  readonly url: URL | undefined;
  readonly outcomes: readonly Outcome[];
}

async function resultOf(task: RunTask, context: TaskContext): Promise<Result> {
  const { queue, shutdown } = context;
  const { signal } = shutdown.waiting;
  try {
    const { failed, message, outcomes, url } = await queue.run(() => reviewed(task, context), signal);
    return { status: failed ? "failed" : "passed", message, outcomes, url };
  } catch (thrown) {
    const why = signal.aborted ? "the review was stopped before its end; start the run again" : reasonOf(thrown);
    return { status: "failed", message: `not reviewed: ${why}`, outcomes: [], url: undefined };
  }
}

async function reviewed(task: RunTask, context: TaskContext): Promise<PlanReview & { readonly url: URL | undefined }> {
  const { hcp, pages, review, shutdown } = context;
  const { signal } = shutdown.reviewing;
  const { planJson, stage, token, workspace, run } = task;
  if (planJson === undefined || stage !== "post_plan") {
    throw new CommandError(`it reviews plans, and was asked at '${stage}': attach it to the stage post-plan`);
  }
  const folder = mkdtempSync(join(context.folder, "plan-"));
  try {
    await fetchPlan(hcp, planJson, token, join(folder, planReviewFiles.plan), signal);
    const request = { ...review, stack: workspace, run, wantsPage: pages !== undefined };
    const result = await planReview(folder, request, signal);
    return { ...result, url: pages?.keep(join(folder, planReviewFiles.page)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tells HCP Terraform how a task stands. */
function tell(
  task: RunTask,
  { hcp, shutdown }: TaskContext,
  { status, message, url, outcomes }: Partial<Result>,
): Promise<void> {
  const relationships = outcomes === undefined ? undefined : { outcomes: { data: outcomes } };
  const body = { data: { type: "task-results", attributes: { status, message, url }, relationships } };
  return sendResult(hcp, task, JSON.stringify(body), shutdown.telling.signal);
}

/** Returns why something failed, in words that hold nothing of a plan: of what nobody foresaw, only that. */
function reasonOf(thrown: unknown): string {
  const error = errorOf(thrown);
  return isForeseen(error) ? shortMessage(error.message) : `a mistake in this program (${error.name})`;
}
