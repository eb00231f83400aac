import { existsSync } from "node:fs";
import { showProgress } from "../command/progress";
import type { ProgramResult } from "../command/run-program";
import { readPlan } from "./plan/read";
import { type Diagnostic, planLog, unframed } from "./plan-log";
import type { PlanningProblem, PlanningResult } from "./planning-result";
import { runTerraform, type TerraformOfStack } from "./run";
import { isStackNamed } from "./stack-name";
import { emptiedState, stateBackup } from "./state-file";
import { stackFolder } from "./synthesize";

export interface PlanOptions extends Omit<TerraformOfStack, "stack"> {
  /**
   * All variables of Terraform.
   * @default - those of this process
   */
  readonly environment?: NodeJS.ProcessEnv;
  /** Names of the stacks that are applied before it, in this order. */
  readonly earlier: readonly string[];
  /** The file that the plan is saved to, in Terraform's own form. It holds secrets. */
  readonly file: string;
  /** Whether Terraform first looks at what is really there. */
  readonly refresh: boolean;
  /**
   * What the plan would do.
   * @default "apply"
   */
  readonly mode?: "apply" | "destroy";
  /**
   * Whether the state is locked meanwhile, so that there is no plan while somebody applies.
   * @default - for a plan to destroy alone
   */
  readonly lock?: boolean;
  /**
   * Whether Terraform is initialized first, as it has to be once after each synth.
   * @default true
   */
  readonly initialize?: boolean;
  /**
   * Changes the plan's JSON before it is read.
   * @default - it is read as it is
   */
  readonly rewrite?: (json: string) => string;
  readonly signal: AbortSignal;
}

/** Plans a stack in the folder that it was synthesized to. Unless it is told to lock the state, whoever may only read can plan an apply. */
export async function planStack(stack: string, options: PlanOptions): Promise<PlanningResult> {
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

async function plan(stack: string, options: PlanOptions, onPhase: (name: string) => void): Promise<PlanningResult> {
  const { program, folder, environment, file, refresh, mode, rewrite = (json) => json, signal } = options;
  const { lock = mode === "destroy" } = options;
  // A second interrupt would leave the state locked.
  const endedBy = lock ? "signal" : "terminal and signal";
  const runOptions = { signal, endedBy, ...(environment === undefined ? {} : { environment }) } as const;
  const terraform = { program, stack, ...(folder === undefined ? {} : { folder }) };

  const stateFolder = folder ?? stackFolder(stack);
  const emptied = emptiedState(stateFolder);
  if (emptied !== undefined) {
    const next = `${stateBackup(stateFolder)}, and run this again`;
    return { plans: [], problems: [{ stack, kind: "failed", what: emptied, next }] };
  }
  if (options.initialize !== false) {
    onPhase("init");
    const init = await runTerraform(terraform, ["init", "-input=false", "-no-color"], runOptions);
    if (init.code !== 0) {
      return failure(stack, "init", init);
    }
  }
  const log = planLog(onPhase);
  const more = [
    ...(mode === "destroy" ? ["-destroy", "-lock-timeout=5m"] : []),
    // A lock is a write, which is refused to those who may only read, and a review changes nothing that it would guard.
    ...(lock ? [] : ["-lock=false"]),
    ...(refresh ? [] : ["-refresh=false"]),
  ];
  const planned = await runTerraform(terraform, ["plan", "-input=false", "-json", `-out=${file}`, ...more], {
    ...runOptions,
    onOutput: log.read,
  });
  const problems = planned.code === 0 ? [] : [planningProblem(stack, options, log.diagnostics(planned.errors))];
  // A plan that failed may still have saved a part, which is shown beside the problem.
  if (problems.some(({ kind }) => kind === "blocked") || (problems.length > 0 && !existsSync(file))) {
    return { plans: [], problems };
  }
  if (!existsSync(file)) {
    return failure(stack, "plan", { ...planned, errors: `it left no plan: is '${program}' Terraform?` });
  }
  onPhase("read");
  const shown = await runTerraform(terraform, ["show", "-json", "-no-color", file], runOptions);
  return shown.code === 0
    ? { plans: [readPlan(stack, rewrite(shown.output))], problems }
    : failure(stack, "show", shown);
}

function failure(stack: string, command: string, { errors }: ProgramResult): PlanningResult {
  return { plans: [], problems: [{ stack, kind: "failed", what: `${command}: ${unframed(errors)}` }] };
}

/** Returns why a stack could not be planned: `blocked` if nothing is wrong but that an earlier one was not applied. */
function planningProblem(
  stack: string,
  { program, earlier }: PlanOptions,
  diagnostics: readonly Diagnostic[],
): PlanningProblem {
  const unapplied = diagnostics.map(({ unappliedPart }) => unappliedPart);
  const first = earlier.find((name) => unapplied.some((part) => part !== undefined && isStackNamed(name, part)));
  if (first !== undefined && !unapplied.includes(undefined)) {
    return {
      stack,
      kind: "blocked",
      what: `${first} was never applied, or does not publish yet what this stack reads`,
      next: `cd ${stackFolder(first)} && ${program} init && ${program} apply`,
    };
  }
  const said = [...new Set(diagnostics.map(({ text }) => text))].join("\n");
  return { stack, kind: "failed", what: said || `${program} plan ended without saying why` };
}
