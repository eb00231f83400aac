import { existsSync } from "node:fs";
import { join } from "node:path";
import { showProgress } from "../command/progress";
import { readPlan } from "./plan/read";
import { type Diagnostic, planLog, unframed } from "./plan-log";
import type { Planned, Unplanned } from "./planned";
import { type Ended, run } from "./run";

export interface PlanOptions {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** Stacks that are applied before it, in this order. */
  readonly earlier: readonly string[];
  /** Where the plan is put, in Terraform's own form. It holds secrets. */
  readonly file: string;
  /** Whether Terraform looks at what is really there. */
  readonly refresh: boolean;
  /**
   * What the plan would do.
   * @default "apply"
   */
  readonly mode?: "apply" | "destroy";
  readonly signal: AbortSignal;
}

/** Plans a stack that was synthesized, in its folder, as somebody would by hand; needs no right to write. */
export async function plannedStack(stack: string, options: PlanOptions): Promise<Planned> {
  const progress = showProgress(stack);
  let outcome = "interrupted";
  try {
    const planned = await plan(stack, options, progress.phase);
    outcome = planned.problems[0]?.kind ?? "planned";
    return planned;
  } finally {
    progress.end(outcome);
  }
}

async function plan(stack: string, options: PlanOptions, onPhase: (name: string) => void): Promise<Planned> {
  const { program, earlier, file, refresh, mode, signal } = options;
  // What holds a lock should let go of it.
  const endedBy = mode === "destroy" ? "signal" : "terminal and signal";
  const place = { cwd: join("cdktf.out", "stacks", stack), signal, endedBy } as const;

  onPhase("init");
  const init = await run(program, ["init", "-input=false", "-no-color"], place);
  if (init.code !== 0) {
    return failure(stack, "init", init);
  }
  const log = planLog(onPhase);
  // A lock is a write, which is refused to who may only read, and what it guards is not changed by a review.
  const lock = mode === "destroy" ? ["-destroy", "-lock-timeout=5m"] : ["-lock=false"];
  const more = [...lock, ...(refresh ? [] : ["-refresh=false"])];
  const planned = await run(program, ["plan", "-input=false", "-json", `-out=${file}`, ...more], {
    ...place,
    onOutput: log.read,
  });
  const problems = planned.code === 0 ? [] : [problemOf(stack, earlier, log.diagnostics(planned.errors))];
  // What failed may have left a part of a plan.
  if (problems.some(({ kind }) => kind === "blocked") || !existsSync(file)) {
    return { plans: [], problems };
  }
  onPhase("read");
  const shown = await run(program, ["show", "-json", "-no-color", file], place);
  return shown.code === 0 ? { plans: [readPlan(stack, shown.output)], problems } : failure(stack, "show", shown);
}

function failure(stack: string, command: string, { errors }: Ended): Planned {
  return { plans: [], problems: [{ stack, kind: "failed", what: `${command}: ${unframed(errors)}` }] };
}

/** What keeps a stack from being planned: another that comes first, or something that is wrong. */
function problemOf(stack: string, earlier: readonly string[], diagnostics: readonly Diagnostic[]): Unplanned {
  const lacking = diagnostics.map((diagnostic) => diagnostic.lacking);
  const first = earlier.find((name) => lacking.some((part) => name.endsWith(`-${part}`)));
  if (first !== undefined && !lacking.includes(undefined)) {
    return {
      stack,
      kind: "blocked",
      what: `${first} was never applied, or does not publish yet what this stack reads`,
      next: `npx cdktf deploy ${first} --ignore-missing-stack-dependencies`,
    };
  }
  const said = [...new Set(diagnostics.map(({ text }) => text))].join("\n");
  return { stack, kind: "failed", what: said || "terraform plan ended without saying why" };
}
