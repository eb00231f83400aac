import { stripVTControlCharacters } from "node:util";

import { stackName } from "../../platform/parts";
import { type Clock, systemClock } from "../command/clock";
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
import { forgetResources, readState, type StateEntry, stateEntries } from "../hcp/state";
import { findWorkspace, type Workspace } from "../hcp/workspaces";
import { terraformTimeoutMinutes } from "../terraform/applied-stack";
import type { Plan } from "../terraform/plan/plan";
import { readPlan } from "../terraform/plan/read";
import type { Stack, Stacks } from "./stacks";

export interface HcpStacksProps {
  readonly hcp: Hcp;
  readonly organization: string;
  /** Throws unless somebody agrees that a run applies the plan that was shown; gets what is asked at the terminal. */
  readonly confirm: (question: string) => Promise<void>;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** Returns the stacks as HCP Terraform knows them, by their workspaces. */
export function hcpStacks(props: HcpStacksProps): Stacks {
  return {
    destroyer: "HCP Terraform",
    open: (part, { connection, signal, say }) => {
      const cluster = connection.settings.name;
      return new HcpStack({ ...props, cluster, stack: stackName(cluster, part), signal, say });
    },
  };
}

interface HcpStackProps extends HcpStacksProps {
  readonly cluster: string;
  readonly stack: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Milliseconds between two looks at a run. */
const pause = 3_000;

/** A stack whose state and runs are in a workspace of HCP Terraform. It needs no Terraform here. */
export class HcpStack implements Stack {
  readonly stack: string;

  /** What its runs are known by: those of an interrupted teardown are taken up again. */
  private readonly message: string;

  private workspace: Workspace | undefined;

  constructor(private readonly props: HcpStackProps) {
    this.stack = props.stack;
    this.message = `npm run teardown -- ${props.cluster}`;
  }

  commandLine(words: string): string {
    return `terraform -chdir=cdktf.out/stacks/${this.stack} ${words}`;
  }

  async init(): Promise<void> {
    this.workspace = await findWorkspace(this.props.hcp, this.props.organization, this.stack);
  }

  async addresses(id?: string): Promise<string[]> {
    const found = (await this.resources()).filter((one) => !one.isDeposed && (id === undefined || one.id === id));
    return found.map(({ address }) => address);
  }

  async deposedIds(): Promise<string[]> {
    return (await this.resources()).flatMap(({ isDeposed, id }) => (isDeposed && id !== undefined ? [id] : []));
  }

  async ids(): Promise<string[]> {
    return (await this.resources()).flatMap(({ id }) => id ?? []);
  }

  async forget(addresses: readonly string[]): Promise<void> {
    await forgetResources(this.props.hcp, this.found(), addresses);
  }

  /** Has a run plan to destroy everything, and apply that once somebody has agreed to it. */
  async destroy({ onPlan }: { readonly onPlan: (plan: Plan) => void }): Promise<void> {
    const { hcp, say } = this.props;
    const started = await this.ownRun();
    say(`  the run is ${this.pageOf(started)}`);
    let run = await this.until(started, (one) => one.isConfirmable || isOver(one));
    if (run.isConfirmable) {
      await this.showPlan(run, onPlan);
      await this.agree(run);
      await confirmRun(hcp, run, this.message);
      run = await this.until(run, isOver);
    }
    await this.expectApplied(run);
  }

  /** Returns a run that destroys the stack: one that an interrupted teardown has started, or a new one. */
  private async ownRun(): Promise<Run> {
    const { hcp } = this.props;
    const workspace = this.found();
    if (workspace.executionMode === "local") {
      throw new CommandError(`the workspace ${this.stack} runs nothing: its execution mode is local`, {
        next: "apply the stack of workspaces, which sets it, and run this again (docs/terraform-cloud.md)",
        exitCode: 2,
      });
    }
    const underWay = await runsUnderWay(hcp, workspace);
    const own = underWay.find(({ isDestroy, message }) => isDestroy && message === this.message);
    const [other] = underWay.filter((run) => run !== own && !run.isSpeculative);
    if (other) {
      throw new CommandError(`${this.stack} has another run, which is ${other.status}: ${this.pageOf(other)}`, {
        next: "confirm or discard it there, and run this again: it goes on from here",
        exitCode: 2,
      });
    }
    if (!own && workspace.isLocked) {
      throw new CommandError(`the workspace ${this.stack} is locked`, {
        next: "unlock it on its page, if nobody is at it, and run this again: it goes on from here",
        exitCode: 2,
      });
    }
    return own ?? startDestroyRun(hcp, workspace, this.message);
  }

  private async until(run: Run, holds: (run: Run) => boolean): Promise<Run> {
    const { hcp, clock = systemClock, signal, say } = this.props;
    const end = clock.now() + terraformTimeoutMinutes * 60_000;
    const told = new Set<string>();
    for (;;) {
      const current = await readRun(hcp, run.id);
      if (holds(current)) {
        return current;
      }
      const wait = waitsFor[current.status];
      if (wait !== undefined && !told.has(wait)) {
        told.add(wait);
        say(`  ${wait}`);
      }
      if (clock.now() >= end) {
        const next = "see on its page what it waits for, and run this again: it goes on with that run";
        throw new Failure("terraform", `${run.id} of ${this.stack} is ${current.status} for too long`, next);
      }
      await clock.sleep(pause, signal);
    }
  }

  private async showPlan(run: Run, onPlan: (plan: Plan) => void): Promise<void> {
    const json = await planJson(this.props.hcp, run);
    if (json === undefined) {
      this.props.say("  your token may not read its plan, as those who administer the workspace may: see its page");
    } else {
      onPlan(readPlan(this.stack, json));
    }
  }

  private async agree(run: Run): Promise<void> {
    const { hcp, cluster, confirm } = this.props;
    try {
      await confirm(`Type ${cluster} to have ${run.id} destroy ${this.stack}: `);
    } catch (thrown) {
      await discardRun(hcp, run, this.message);
      throw thrown;
    }
  }

  private async expectApplied(run: Run): Promise<void> {
    if (run.status === "applied") {
      return;
    }
    const { hcp } = this.props;
    const what = `the run ${run.id} of ${this.stack}`;
    const next = `see ${this.pageOf(run)}, and run this again: it goes on from here`;
    if (run.status === "planned_and_finished") {
      throw new Failure("terraform", `${what} found nothing to destroy, and the state is not empty`, next);
    }
    if (run.status !== "errored") {
      throw new CommandError(`${what} is ${run.status}`, { next, exitCode: 2 });
    }
    const log = (await logEnd(hcp, run, "apply")) || (await logEnd(hcp, run, "plan"));
    throw new Failure("terraform", `${what} failed\n${stripVTControlCharacters(log)}`.trim(), next);
  }

  private found(): Workspace {
    if (!this.workspace) {
      throw new Failure("nothing there", `there is no workspace ${this.stack}`, "run this again");
    }
    return this.workspace;
  }

  private pageOf(run: Run): string {
    return pageOf(this.props.hcp, this.props.organization, this.stack, run);
  }

  private async resources(): Promise<readonly StateEntry[]> {
    const state = this.workspace && (await readState(this.props.hcp, this.workspace));
    return state === undefined ? [] : stateEntries(state);
  }
}

/** What people can do something about while a run waits. */
const waitsFor: Readonly<Record<string, string>> = {
  pending: "it waits for other runs of the organization",
  plan_queued: "it waits for a machine, or an agent of its pool, to plan",
  policy_override: "it waits for somebody to override a policy that failed",
  apply_queued: "it waits for a machine, or an agent of its pool, to apply",
};
