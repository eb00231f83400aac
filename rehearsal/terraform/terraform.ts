import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../../operations/command/failure";

/** What a plan does to a resource. */
export type Action = "create" | "update" | "delete" | "replace" | "replace, successor first";

/** What a plan does, by address; without what stays, and without data that is read. */
export type Changes = Readonly<Record<string, Action>>;

/** What a plan says of one resource. */
interface ResourceChange {
  readonly address: string;
  readonly change: { readonly actions: readonly string[] };
}

/** Terraform in the folder of one stack. */
export class Terraform {
  private plansKept = 0;

  /** @param plans - where every plan is kept, as JSON */
  constructor(
    readonly stack: string,
    private readonly folder: string,
    private readonly plans: string,
  ) {}

  async init(): Promise<void> {
    await this.succeed("init", "-input=false");
  }

  /** Plans, keeps the plan under the name of `step`, and says what it would do. */
  async plan(step: string): Promise<Changes> {
    const { code, output } = await this.run("plan", "-input=false", "-detailed-exitcode", "-out=plan");
    if (code !== 0 && code !== 2) {
      throw new CommandError(`terraform plan of ${this.stack} failed:\n${output}`);
    }
    const json = await this.succeed("show", "-json", "plan");
    this.plansKept += 1;
    const order = String(this.plansKept).padStart(2, "0");
    writeFileSync(join(this.plans, `${this.stack}-${order}-${step.replaceAll(/\W+/g, "-")}.json`), json);

    const changes = changesIn(JSON.parse(json).resource_changes ?? []);
    if (code === 0 && Object.keys(changes).length > 0) {
      throw new CommandError(`terraform plan of ${this.stack} says that nothing changes, and its plan does`);
    }
    // Outputs, too, make a plan that is not empty.
    return code === 2 && Object.keys(changes).length === 0 ? { "(outputs alone)": "update" } : changes;
  }

  /** Applies what was planned last. */
  async apply(): Promise<void> {
    await this.succeed("apply", "-input=false", "plan");
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
    await Promise.race([moment({ signal: abort.signal }), ended]);
    // Else a wait for a moment that never comes would keep this process alive.
    abort.abort();
    if (child.exitCode !== null || child.pid === undefined) {
      throw new CommandError(`terraform apply of ${this.stack} ended before it could be killed`);
    }
    process.kill(-child.pid, "SIGKILL");
    await ended;
  }

  async destroy(): Promise<void> {
    await this.succeed("destroy", "-input=false", "-auto-approve");
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
    const code = await new Promise<number | null>((resolve, reject) => child.on("close", resolve).on("error", reject));
    return { code, ...said };
  }

  /** A process group of its own, so that the providers die with it. */
  private start(command = "", ...options: string[]): ChildProcess {
    const json = options.includes("-json");
    // They would win over the owner of the settings (integrations/github).
    const { GITHUB_OWNER, GITHUB_ORGANIZATION, AWS_PROFILE, ...environment } = process.env;
    return spawn("terraform", [command, ...(json ? [] : ["-no-color"]), ...options], {
      cwd: this.folder,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...environment,
        AWS_CONFIG_FILE: "/dev/null",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        CHECKPOINT_DISABLE: "1",
        TF_IN_AUTOMATION: "1",
      },
    });
  }
}

/** What a plan does, by address. */
export function changesIn(changes: readonly ResourceChange[]): Changes {
  return Object.fromEntries(
    changes.flatMap(({ address, change: { actions } }): [string, Action][] => {
      const [first, second] = actions.filter((action) => action !== "no-op" && action !== "read");
      if (!first) {
        return [];
      }
      const replaced = first === "create" ? "replace, successor first" : "replace";
      return [[address, second ? replaced : (first as Action)]];
    }),
  );
}
