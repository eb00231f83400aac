import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";
import { type Changes, changesIn, outputsAlone } from "./plan-changes";

export interface TerraformProps {
  /** What plans and messages name the stack by. */
  readonly stack: string;
  /** Where the stack was synthesized to. */
  readonly folder: string;
  /** Where plans are kept, as JSON. */
  readonly plans: string;
  /** `terraform`, or `tofu`. */
  readonly program: string;
  /** All variables of Terraform and its providers. */
  readonly environment: NodeJS.ProcessEnv;
  /**
   * Kills Terraform and its providers. Its state may be left locked, in a world that ends.
   * @default - nothing does
   */
  readonly signal?: AbortSignal | undefined;
}

/** Terraform in the folder of one stack. */
export class Terraform {
  readonly stack: string;

  private plansKept = 0;

  constructor(private readonly props: TerraformProps) {
    this.stack = props.stack;
  }

  async init(): Promise<void> {
    await this.succeed("init", "-input=false");
  }

  /** Plans, keeps the plan under the name of `step`, and returns what it would do. */
  async plan(step: string): Promise<Changes> {
    const isEmpty = await this.planned();
    return this.keptChanges(step, isEmpty);
  }

  /** Plans where nothing should be left to do. An empty plan is not kept: reading it takes half as long as making it. */
  async planRest(step: string): Promise<Changes> {
    const isEmpty = await this.planned();
    return isEmpty ? {} : this.keptChanges(step, isEmpty);
  }

  /** Plans to destroy everything, and returns the file in which that plan is kept. */
  async planToDestroy(): Promise<string> {
    await this.succeed("plan", "-destroy", "-input=false", "-out=plan");
    return this.keepPlan("destroy");
  }

  /** Applies what was planned last. */
  async apply(): Promise<void> {
    await this.succeed("apply", "-input=false", "plan");
  }

  /** Applies what was planned last, and returns Terraform's log of it, a JSON object a line. */
  async applyWithLog(): Promise<string> {
    return this.succeed("apply", "-input=false", "-json", "plan");
  }

  /** Plans and applies in one run, which is faster. */
  async applyUnplanned(): Promise<void> {
    await this.succeed("apply", "-input=false", "-auto-approve");
  }

  /** Applies what was planned last, which must fail for each of these reasons. */
  async applyAndFail(reasons: readonly RegExp[]): Promise<void> {
    const { code, output, errors } = await this.run("apply", "-input=false", "plan");
    const missing = reasons.filter((reason) => !reason.test(errors));
    if (code === 0 || missing.length > 0) {
      throw new CommandError(
        `terraform apply of ${this.stack} should have failed with ${missing.join(", ")}:\n${output}${errors}`,
      );
    }
  }

  /** Applies what was planned last and is killed, with its providers, when `moment` has come. */
  async applyAndDie(moment: (given: { signal: AbortSignal }) => Promise<void>): Promise<void> {
    const child = this.start("apply", "-input=false", "plan");
    const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
    const abort = new AbortController();
    const { signal } = this.props;
    const end = () => {
      killGroup(child);
      abort.abort();
    };
    signal?.addEventListener("abort", end);
    await Promise.race([moment({ signal: abort.signal }), ended]);
    signal?.removeEventListener("abort", end);
    signal?.throwIfAborted();
    // Else a wait for a moment that never comes would keep this process alive.
    abort.abort();
    if (child.exitCode !== null || child.pid === undefined) {
      throw new CommandError(`terraform apply of ${this.stack} ended before it could be killed`);
    }
    killGroup(child);
    await ended;
  }

  async destroy(): Promise<void> {
    await this.succeed("destroy", "-input=false", "-auto-approve");
  }

  /** Plans, and returns whether Terraform says that nothing changes. */
  private async planned(): Promise<boolean> {
    const { code, output, errors } = await this.run("plan", "-input=false", "-detailed-exitcode", "-out=plan");
    if (code !== 0 && code !== 2) {
      throw new CommandError(`terraform plan of ${this.stack} failed:\n${output}${errors}`);
    }
    return code === 0;
  }

  /** Keeps what was planned last under the name of `step`, and returns what it would do. */
  private async keptChanges(step: string, isEmpty: boolean): Promise<Changes> {
    const changes = changesIn(JSON.parse(readFileSync(await this.keepPlan(step), "utf8")).resource_changes ?? []);
    if (isEmpty && Object.keys(changes).length > 0) {
      throw new CommandError(`terraform plan of ${this.stack} says that nothing changes, and its plan does`);
    }
    // Outputs, too, make a plan that is not empty.
    return !isEmpty && Object.keys(changes).length === 0 ? { [outputsAlone]: "update" } : changes;
  }

  /** Keeps what was planned last under the name of `step`, and returns the file's path. */
  private async keepPlan(step: string): Promise<string> {
    this.plansKept += 1;
    const order = String(this.plansKept).padStart(2, "0");
    const file = join(this.props.plans, `${this.stack}-${order}-${step.replaceAll(/\W+/g, "-")}.json`);
    writeFileSync(file, await this.succeed("show", "-json", "plan"));
    return file;
  }

  private async succeed(...command: string[]): Promise<string> {
    const { code, output, errors } = await this.run(...command);
    if (code !== 0) {
      throw new CommandError(`terraform ${command[0]} of ${this.stack} failed:\n${output}${errors}`);
    }
    return output;
  }

  private async run(...command: string[]): Promise<{ code: number | null; output: string; errors: string }> {
    const child = this.start(...command);
    const said = { output: "", errors: "" };
    child.stdout?.on("data", (text) => {
      said.output += text;
    });
    child.stderr?.on("data", (text) => {
      said.errors += text;
    });
    const { signal } = this.props;
    const end = () => killGroup(child);
    signal?.addEventListener("abort", end);
    const code = await new Promise<number | null>((resolve, reject) =>
      child.on("close", resolve).on("error", reject),
    ).finally(() => signal?.removeEventListener("abort", end));
    signal?.throwIfAborted();
    return { code, ...said };
  }

  /** A process group of its own, so that the providers die with it. */
  private start(command = "", ...options: string[]): ChildProcess {
    this.props.signal?.throwIfAborted();
    const json = options.includes("-json");
    const { program, folder, environment } = this.props;
    return spawn(program, [command, ...(json ? [] : ["-no-color"]), ...options], {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...environment, TF_IN_AUTOMATION: "1" },
    });
  }
}

/** Ends a process at once, with all of its group. */
export function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, "SIGKILL");
  }
}
