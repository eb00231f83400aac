import { once } from "node:events";

import { shortLine } from "../../../platform/visible-text";
import { carryOut, type TaskContext, type TaskEnd } from "./carry-out";
import type { RunTask } from "./payload";
import type { UnfinishedTasks } from "./unfinished-tasks";

/** The tasks of a server. */
export interface Tasks {
  /** Takes a task, which is carried out later; `known` is one that was taken before, for which there is one result. */
  take(task: RunTask, body: string): "taken" | "known" | "full";
  /** Takes no task any more. Lets those that are being reviewed come to their end for a while, and ends the others. */
  end(): Promise<void>;
}

/** How many tasks are taken at a time, and how many of them are reviewed: each takes the memory of its plan. */
export const taskLimits = { taken: 102, reviewed: 2 };

/** How many tasks are remembered, and for how many milliseconds: longer than the token of one can hold. */
const remembered = { count: 10_000, milliseconds: 86_400_000 };

/** Milliseconds for reviews to come to their end, and then for results to be told: all within the 30 seconds that Kubernetes gives. */
const reviewGrace = 20_000;
const tellingGrace = 6_000;

export interface TasksOptions {
  readonly context: TaskContext;
  /** Undefined if no task outlives the program. */
  readonly unfinished: UnfinishedTasks | undefined;
  readonly say: (line: string) => void;
}

export function tasks({ context, unfinished, say }: TasksOptions): Tasks {
  const { shutdown } = context;
  const known = new Map<string, number>();
  const inWork = new Set<Promise<void>>();
  const work = async (task: RunTask) => {
    const start = performance.now();
    const end = await carryOut(task, context);
    // What the end of the program kept from being told is told after its next start.
    if (end.status !== "running" || !shutdown.waiting.signal.aborted) {
      unfinished?.remove(task);
    }
    say(endLine(task, end, performance.now() - start));
  };
  return {
    take(task, body) {
      forgetOld(known);
      if (known.has(task.id)) {
        return "known";
      }
      if (shutdown.waiting.signal.aborted || inWork.size >= taskLimits.taken) {
        return "full";
      }
      unfinished?.keep(task, body);
      known.set(task.id, Date.now());
      const done = work(task).finally(() => inWork.delete(done));
      inWork.add(done);
      return "taken";
    },
    async end() {
      shutdown.waiting.abort();
      const all = Promise.all(inWork);
      for (const [phase, milliseconds] of [
        [shutdown.reviewing, reviewGrace] as const,
        [shutdown.telling, tellingGrace] as const,
      ]) {
        const timer = setTimeout(() => phase.abort(), milliseconds);
        await Promise.race([all, once(phase.signal, "abort")]);
        clearTimeout(timer);
      }
      await all;
      // An answer whose end nobody waited for would keep the process from ending.
      shutdown.telling.abort();
    },
  };
}

function forgetOld(known: Map<string, number>): void {
  // In the order in which they came.
  for (const [id, time] of known) {
    if (known.size <= remembered.count && Date.now() - time <= remembered.milliseconds) {
      return;
    }
    known.delete(id);
  }
}

function endLine(
  { run, organization, workspace }: RunTask,
  { status, message }: TaskEnd,
  milliseconds: number,
): string {
  const end = status === "running" ? "no result" : status;
  return shortLine(`${run} of ${organization}/${workspace}: ${end}: ${message} (${Math.round(milliseconds)} ms)`);
}
