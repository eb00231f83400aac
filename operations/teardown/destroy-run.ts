import { stripVTControlCharacters } from "node:util";

import type { Clock } from "../command/clock";
import { CommandError, Failure } from "../command/failure";
import type { Hcp } from "../hcp/api";
import {
  confirmRun,
  discardRun,
  isOver,
  logEnd,
  pageOf,
  planJson,
  type Run,
  readRun,
  runsUnderWay,
  startDestroyRun,
} from "../hcp/runs";
import type { Workspace } from "../hcp/workspaces";
import { terraformTimeoutMinutes } from "../terraform/applied-stack";
import type { Plan } from "../terraform/plan/plan";
import { readPlan } from "../terraform/plan/read";

export interface DestroyRunProps {
  readonly hcp: Hcp;
  readonly organization: string;
  readonly workspace: Workspace;
  /** Name of the cluster, which is typed to agree. */
  readonly cluster: string;
  /** Throws unless somebody agrees that a run applies the plan that was shown; gets what is asked at the terminal. */
  readonly confirm: (question: string) => Promise<void>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Milliseconds between two looks at a run. */
const pause = 3_000;

/**
 * Has HCP Terraform destroy all that the state of a workspace has, by a run whose plan is shown here and agreed to here.
 * @throws Failure or another CommandError that says what is in the way, or what failed
 */
export async function destroyByRun(props: DestroyRunProps, onPlan: (plan: Plan) => void): Promise<void> {
  const { hcp, workspace, say } = props;
  const message = messageOf(props);
  const started = await ownRun(props);
  say(`  the run is ${pageIn(props, started)}`);
  let run = await waited(props, started, (one) => one.isConfirmable || isOver(one));
  if (run.isConfirmable) {
    const json = await planJson(hcp, run);
    if (json === undefined) {
      say("  your token may not read its plan, as those who administer the workspace may: see its page");
    } else {
      onPlan(readPlan(workspace.name, json));
    }
    await agree(props, run);
    await confirmRun(hcp, run, message);
    run = await waited(props, run, isOver);
  }
  await expectApplied(props, run);
}

/** Returns what its runs are known by: one of a teardown that was interrupted is taken up again. */
function messageOf({ cluster }: DestroyRunProps): string {
  return `npm run teardown -- ${cluster}`;
}

function pageIn({ hcp, organization, workspace }: DestroyRunProps, run: Run): string {
  return pageOf(hcp, organization, workspace.name, run);
}

/** Returns a run that destroys the stack: one that an interrupted teardown has started, or a new one. */
async function ownRun(props: DestroyRunProps): Promise<Run> {
  const { hcp, workspace } = props;
  const { name, executionMode, isLocked } = workspace;
  if (executionMode === "local") {
    throw new CommandError(`the workspace ${name} runs nothing: its execution mode is local`, {
      next: "apply the stack of workspaces, which sets it, and run this again (docs/terraform-cloud.md)",
      exitCode: 2,
    });
  }
  const underWay = await runsUnderWay(hcp, workspace);
  const own = underWay.find((run) => run.isDestroy && run.message === messageOf(props));
  // What waits behind our own run is in nobody's way.
  const isBehind = (run: Run) => own !== undefined && run.status === "pending";
  const [other] = underWay.filter((run) => run !== own && !run.isSpeculative && !isBehind(run));
  if (other) {
    throw new CommandError(`${name} has another run, which is ${other.status}: ${pageIn(props, other)}`, {
      next: "confirm or discard it there, and run this again: it goes on from here",
      exitCode: 2,
    });
  }
  if (!own && isLocked) {
    throw new CommandError(`the workspace ${name} is locked`, {
      next: "unlock it on its page, if nobody is at it, and run this again: it goes on from here",
      exitCode: 2,
    });
  }
  return own ?? startDestroyRun(hcp, workspace, messageOf(props));
}

/** What people can do something about while a run waits. */
const waitsFor: Readonly<Record<string, string>> = {
  pending: "it waits for other runs of the organization",
  plan_queued: "it waits for a machine, or an agent of its pool, to plan",
  policy_override: "it waits for somebody to override a policy that failed",
  apply_queued: "it waits for a machine, or an agent of its pool, to apply",
};

/** Waits until something holds of a run, and says what it waits for itself. */
async function waited(props: DestroyRunProps, { id }: Run, holds: (run: Run) => boolean): Promise<Run> {
  const { hcp, workspace, clock, signal, say } = props;
  const end = clock.now() + terraformTimeoutMinutes * 60_000;
  const told = new Set<string>();
  for (;;) {
    const run = await readRun(hcp, id);
    if (holds(run)) {
      return run;
    }
    const wait = waitsFor[run.status];
    if (wait !== undefined && !told.has(wait)) {
      told.add(wait);
      say(`  ${wait}`);
    }
    if (clock.now() >= end) {
      const next = "see on its page what it waits for, and run this again: it goes on with that run";
      throw new Failure("terraform", `${id} of ${workspace.name} is ${run.status} for too long`, next);
    }
    await clock.sleep(pause, signal);
  }
}

/** Throws unless somebody agrees, and then ends the run. */
async function agree(props: DestroyRunProps, run: Run): Promise<void> {
  const { hcp, workspace, cluster, confirm } = props;
  try {
    await confirm(`Type ${cluster} to have ${run.id} destroy ${workspace.name}: `);
  } catch (thrown) {
    if (!(await discardRun(hcp, run, messageOf(props)))) {
      props.say(`  the run could not be discarded: see whether it waits still, ${pageIn(props, run)}`);
    }
    throw thrown;
  }
}

async function expectApplied(props: DestroyRunProps, run: Run): Promise<void> {
  if (run.status === "applied") {
    return;
  }
  const { hcp, workspace } = props;
  const what = `the run ${run.id} of ${workspace.name}`;
  const next = `see ${pageIn(props, run)}, and run this again: it goes on from here`;
  if (run.status === "planned_and_finished") {
    throw new Failure("terraform", `${what} found nothing to destroy, and the state is not empty`, next);
  }
  if (run.status !== "errored") {
    throw new CommandError(`${what} is ${run.status}`, { next, exitCode: 2 });
  }
  const log = (await logEnd(hcp, run, "apply")) || (await logEnd(hcp, run, "plan"));
  throw new Failure("terraform", `${what} failed\n${stripVTControlCharacters(log)}`.trim(), next);
}
