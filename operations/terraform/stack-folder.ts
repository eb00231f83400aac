import { join } from "node:path";

import { partsBefore, type StackPart, stackName } from "../../../platform/parts";
import { Failure } from "../../command/failure";
import type { Plan } from "../../terraform/plan/plan";
import { plannedStack } from "../../terraform/plan-stack";
import type { Planned } from "../../terraform/planned";
import { type Ended, run } from "../../terraform/run";
import type { Place } from "../step";

/** How Terraform is run. */
export interface TerraformProps {
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** For plans; they hold secrets. */
  readonly folder: string;
  /** Gets what Terraform prints, while it does. */
  readonly stream: (text: string) => void;
  readonly colour: boolean;
}

/** Minutes after which Terraform is interrupted. */
export const timeout = 90;

/** Terraform in the folder of one stack. Everything throws a failure if Terraform does not succeed. */
export class Stack {
  readonly name: string;

  /** Where the stack was synthesized to. */
  readonly folder: string;

  constructor(
    private readonly part: StackPart,
    private readonly place: Place,
    private readonly props: TerraformProps,
  ) {
    this.name = stackName(place.connection.settings.name, part);
    this.folder = join("cdktf.out", "stacks", this.name);
  }

  async init(): Promise<void> {
    await this.run(["init", "-input=false", "-no-color"]);
  }

  /**
   * Addresses of what Terraform keeps, without what it only reads.
   * @param id - for one thing alone
   */
  async addresses(id?: string): Promise<string[]> {
    const filter = id === undefined ? [] : [`-id=${id}`];
    const { code, output, errors } = await this.ended(["state", "list", ...filter]);
    if (code !== 0 && !errors.includes("No state file was found")) {
      throw this.failed("state list", errors);
    }
    return output.split("\n").filter((address) => address !== "" && !/(?:^|\.)data\./.test(address));
  }

  /** Ids of what was replaced and could not be deleted then: Terraform destroys them, and `state list -id` passes over them. */
  async deposed(): Promise<string[]> {
    const { values } = JSON.parse(await this.run(["show", "-json"])) as { readonly values: StateValues | undefined };
    const all = (found: StateModule | undefined): StateResource[] => [
      ...(found?.resources ?? []),
      ...(found?.child_modules ?? []).flatMap(all),
    ];
    return all(values?.root_module).flatMap((one) => (one.deposed_key === undefined ? [] : (one.values?.id ?? [])));
  }

  async forget(addresses: readonly string[]): Promise<void> {
    await this.run(["state", "rm", "-lock-timeout=5m", ...addresses]);
  }

  /** Plans to destroy all, and applies that as soon as it was shown. */
  async destroy(show: (plan: Plan) => void): Promise<void> {
    const file = join(this.props.folder, this.name);
    let planned = await this.planned(file, true);
    const gone = planned.problems.flatMap(({ what }) => unreadable(what));
    if (gone.length > 0) {
      this.place.say(
        `  deleted before, and unreadable to its provider since, so Terraform forgets it: ${gone.join(", ")}`,
      );
      await this.forget(gone);
      planned = await this.planned(file, true);
    }
    if (planned.problems.some(({ kind }) => kind === "blocked")) {
      // Somebody has begun to destroy an earlier stack, whose outputs went first. Without a look at them, the state knows enough.
      planned = await this.planned(file, false);
    }
    const [problem] = planned.problems;
    if (problem) {
      throw this.failed("plan", problem.what);
    }
    planned.plans.forEach(show);

    const { colour, stream } = this.props;
    await this.run(["apply", "-input=false", "-lock-timeout=5m", ...(colour ? [] : ["-no-color"]), file], stream);
  }

  private planned(file: string, refresh: boolean): Promise<Planned> {
    const before = partsBefore(this.part).map((part) => stackName(this.place.connection.settings.name, part));
    const { program } = this.props;
    return this.inTime("plan", (signal) =>
      plannedStack(this.name, { program, refresh, mode: "destroy", earlier: before, file, signal }),
    );
  }

  private async run(words: readonly string[], onOutput?: (text: string) => void): Promise<string> {
    const { code, output, errors } = await this.ended(words, onOutput);
    if (code !== 0) {
      throw this.failed(words[0] ?? "", errors);
    }
    return output;
  }

  private ended(words: readonly string[], onOutput: (text: string) => void = () => {}): Promise<Ended> {
    return this.inTime(words[0] ?? "", (signal) =>
      run(this.props.program, words, { cwd: this.folder, signal, endedBy: "signal", onOutput }),
    );
  }

  private async inTime<T>(command: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = AbortSignal.timeout(timeout * 60_000);
    try {
      return await work(AbortSignal.any([this.place.signal, late]));
    } catch (thrown) {
      throw late.aborted ? this.failed(command, `it was interrupted after ${timeout} min`) : thrown;
    }
  }

  private failed(command: string, errors: string): Failure {
    const lock = /Lock Info:[\s│]+ID:\s+(\S+)/.exec(errors)?.[1];
    const next =
      lock === undefined
        ? "put that right, and run this again: it goes on from here"
        : `if no Terraform is at it any more: terraform -chdir=${this.folder} force-unlock ${lock}; then run this again`;
    return new Failure("terraform", `terraform ${command} of ${this.name} failed\n${errors.trim()}`, next);
  }
}

/** Addresses of what is in the state and no more in AWS, which hashicorp/aws 6.34 says in these words of some resources. */
function unreadable(problem: string): string[] {
  return [...problem.matchAll(/^(\S+): Missing Resource Identity After Read/gm)].map(([, address = ""]) => address);
}

/** Terraform, "JSON output format": values representation. */
interface StateValues {
  readonly root_module: StateModule | undefined;
}

interface StateModule {
  readonly resources: readonly StateResource[] | undefined;
  readonly child_modules: readonly StateModule[] | undefined;
}

interface StateResource {
  readonly deposed_key: string | undefined;
  readonly values: { readonly id: string | undefined } | undefined;
}
