import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";

import { Failure } from "../command/failure";
import type { ProgramResult } from "../command/run-program";
import type { Plan } from "./plan/plan";
import { type PlanOptions, planStack } from "./plan-stack";
import { type PlanningProblem, type PlanningResult, unreadableIn } from "./planning-result";
import { runTerraform } from "./run";
import { emptiedState } from "./state-file";
import { idsOf, resourcesIn, type StateResource } from "./state-values";
import { stackFolder } from "./synthesize";
import type { TerraformProps } from "./terraform-props";
import { whatHelps } from "./what-helps";

export interface AppliedStackProps {
  /** Name of the stack. */
  readonly stack: string;
  /** Names of the stacks that are applied before it. */
  readonly earlier: readonly string[];
  readonly signal: AbortSignal;
  readonly terraform: TerraformProps;
  /** Names of stacks that Terraform was initialized for since they were synthesized, to which this one is added: it is not initialized again. */
  readonly initialized: Set<string>;
}

/** Each run of Terraform is interrupted after this time. */
export const terraformTimeoutMinutes = 90;

/** A stack with its state, as Terraform in its folder knows it. Every method throws a Failure if Terraform fails. */
export class AppliedStack {
  readonly stack: string;

  constructor(private readonly props: AppliedStackProps) {
    this.stack = props.stack;
  }

  /** Returns what people type to have Terraform do something to this stack. */
  commandLine(words: string): string {
    return `${this.props.terraform.program} -chdir=${stackFolder(this.stack)} ${words}`;
  }

  /** Initializes Terraform where that was not done yet, and looks anew each time whether the state is whole. */
  async init(): Promise<void> {
    const problem = emptiedState(stackFolder(this.stack));
    if (problem !== undefined) {
      throw this.failure("init", problem);
    }
    if (!this.props.initialized.has(this.stack)) {
      await this.run(["init", "-input=false", "-no-color"]);
      this.props.initialized.add(this.stack);
    }
  }

  /**
   * Returns the addresses of resources in the state, without data sources.
   * @param id - of the one resource that is looked for; without it, all are returned
   */
  async addresses(id?: string): Promise<string[]> {
    const filter = id === undefined ? [] : [`-id=${id}`];
    const { code, output, errors } = await this.attempt(["state", "list", ...filter]);
    if (code !== 0 && !errors.includes("No state file was found")) {
      throw this.failure("state list", errors);
    }
    const addresses = output.split("\n").filter((line) => line !== "");
    const nonsense = addresses.find((address) => !/^[\w-]+(?:\[.*\])?\.[\w-]+/.test(address));
    if (nonsense !== undefined) {
      throw this.failure("state list", `it printed what is no address: ${nonsense.slice(0, 80)}`);
    }
    return addresses.filter((address) => !/(?:^|\.)data\./.test(address));
  }

  /** Returns ids of resources that were replaced and not deleted yet. Terraform destroys them, though `state list -id` omits them. */
  async deposedIds(): Promise<string[]> {
    return idsOf((await this.resources()).filter((one) => one.deposed_key !== undefined));
  }

  /** Returns ids of all resources in the state, with those that were replaced and not deleted yet. */
  async ids(): Promise<string[]> {
    return idsOf(await this.resources());
  }

  /** Returns what the input of a `terraform_data` is in the state; undefined if there is none at that address. */
  async inputAt(address: string): Promise<unknown> {
    return (await this.resources()).find((one) => one.address === address)?.values?.input;
  }

  /** Takes resources out of the state, and leaves them where they are. */
  async forget(addresses: readonly string[]): Promise<void> {
    await this.run(["state", "rm", "-lock-timeout=5m", ...addresses]);
  }

  /**
   * Plans an apply, with the state locked, so that it fails while somebody else is at it.
   * @returns the plan; or the problem, if it is nothing but that an earlier stack was not applied
   */
  async planApply(): Promise<Plan | PlanningProblem> {
    const { plans, problems } = await this.plan({ refresh: true, mode: "apply", lock: true });
    const [problem] = problems;
    const [plan] = plans;
    if (problem?.kind === "blocked") {
      return problem;
    }
    if (problem || !plan) {
      throw this.failure("plan", problem?.what ?? "it left no plan");
    }
    return plan;
  }

  /** Takes something that is there into the state, as the resource of an address. */
  async import(address: string, id: string): Promise<void> {
    await this.run(["import", "-input=false", "-no-color", address, id]);
  }

  /**
   * Plans to destroy everything, and applies that plan.
   * @param on - `onPlan` is told of the plan before it is applied, `onForget` of addresses that are taken out of the state first
   */
  async destroy(on: {
    readonly onPlan: (plan: Plan) => void;
    readonly onForget: (addresses: readonly string[]) => void;
  }): Promise<void> {
    const { colour, stream } = this.props.terraform;
    let planned = await this.plan({ refresh: true, mode: "destroy" });
    const unreadable = planned.problems.flatMap(({ what }) => unreadableIn(what));
    if (unreadable.length > 0) {
      on.onForget(unreadable);
      await this.forget(unreadable);
      planned = await this.plan({ refresh: true, mode: "destroy" });
    }
    if (planned.problems.some(({ kind }) => kind === "blocked")) {
      // An earlier stack is half destroyed, and its outputs went first. Without a refresh, nothing needs them.
      planned = await this.plan({ refresh: false, mode: "destroy" });
    }
    const [problem] = planned.problems;
    if (problem) {
      throw this.failure("plan", problem.what);
    }
    planned.plans.forEach(on.onPlan);
    const words = ["apply", "-input=false", "-lock-timeout=5m", ...(colour ? [] : ["-no-color"])];
    await this.run([...words, this.planFile], stream);
  }

  private async resources(): Promise<StateResource[]> {
    const resources = resourcesIn(await this.run(["show", "-json"]));
    if (resources === undefined) {
      throw this.failure("show", "it printed no state as JSON");
    }
    return resources;
  }

  private get planFile(): string {
    return join(this.props.terraform.folder, this.stack);
  }

  private plan(how: Pick<PlanOptions, "refresh" | "mode" | "lock">): Promise<PlanningResult> {
    const { earlier, terraform, initialized } = this.props;
    const initialize = !initialized.has(this.stack);
    const options = { program: terraform.program, earlier, file: this.planFile, initialize, ...how };
    return this.inTime("plan", (signal) => planStack(this.stack, { ...options, signal }));
  }

  /** Runs Terraform, and returns what it prints. */
  private async run(words: readonly string[], onOutput?: (text: string) => void): Promise<string> {
    const { code, output, errors } = await this.attempt(words, onOutput);
    if (code !== 0) {
      throw this.failure(words[0] ?? "", errors);
    }
    return output;
  }

  /** Runs Terraform, which may end with any code. */
  private attempt(words: readonly string[], onOutput: (text: string) => void = () => {}): Promise<ProgramResult> {
    const { stack } = this;
    const { program } = this.props.terraform;
    return this.inTime(words[0] ?? "", (signal) =>
      runTerraform({ program, stack }, words, { signal, endedBy: "signal", onOutput }),
    );
  }

  private async inTime<T>(command: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(terraformTimeoutMinutes * 60_000);
    try {
      return await work(AbortSignal.any([this.props.signal, late]));
    } catch (thrown) {
      throw late.aborted ? this.failure(command, `it was interrupted after ${terraformTimeoutMinutes} min`) : thrown;
    }
  }

  private failure(command: string, errors: string): Failure {
    const { program } = this.props.terraform;
    // Where Terraform prints in colour, its errors are coloured too.
    const text = stripVTControlCharacters(errors).trim();
    const next = whatHelps(text, { program, folder: stackFolder(this.stack) });
    return new Failure("terraform", `${program} ${command} of ${this.stack} failed\n${text}`, next);
  }
}
