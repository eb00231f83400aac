import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { allClusterSettings } from "../../operations/command/cluster-settings";
import { CommandError } from "../../operations/command/failure";
import { type ProgramResult, runProgram } from "../../operations/command/run-program";
import type { Report as Review } from "../../operations/review/report/report";
import type { ClusterSettings } from "../../schema/settings";
import { Platform } from "../terraform/platform";
import type { RunningWorld } from "../world/running-world";
import { mustBe } from "./judge";
import type { Rehearsal } from "./rehearsal";
import { Report } from "./report";
import { apply } from "./steps";

/** The plan review's life. */
export const reviewedLife: Rehearsal = { settings: firstCluster, rehearse };

function firstCluster(): ClusterSettings {
  const [settings] = allClusterSettings();
  if (!settings) {
    throw new CommandError("settings.ts names no cluster");
  }
  return settings;
}

/** Runs the plan review as people do, of the first cluster in the settings as they are, while that is applied stack by stack. */
async function rehearse(world: RunningWorld, folder: string): Promise<void> {
  const settings = firstCluster();
  const platform = await Platform.create({ folder, settings, environment: world.environment, signal: world.signal });
  const reviewer = new Reviewer(platform, settings.name, world.environment);
  const report = new Report("review: what can be planned before, between and after the applies");

  await report.step("nothing is applied", async () => {
    await reviewer.expect({ network: "planned", cluster: "waits for network", bootstrap: "waits for network" });
    return "one stack planned, two wait for it";
  });
  await report.step("levels of failure", async () => {
    mustBe("any", await reviewer.code("--stack", "network", "--fail-on", "any"), 2);
    mustBe("never", await reviewer.code("--stack", "network", "--fail-on", "never"), 0);
    mustBe("a stack that waits", await reviewer.code("--stack", "cluster"), 0);
    return "2 for any change, 0 for never and for a stack that waits";
  });
  await apply(report, platform.stacks, "network");
  await report.step("network is applied", async () => {
    await reviewer.expect({ network: "unchanged", cluster: "planned", bootstrap: "waits for cluster" });
    return "the next stack planned, the last waits for it";
  });
  await report.step("AWS refuses a read", async () => {
    await world.failAws({ service: "ec2", action: "DescribeVpcs", status: 403, code: "UnauthorizedOperation" });
    await reviewer.expect({ network: "incomplete", cluster: "planned", bootstrap: "waits for cluster" }, 1);
    return "of that stack what was planned, the others are reviewed, and it ends with 1";
  });
  await report.step("somebody interrupts", () => reviewer.interrupted());
  await apply(report, platform.stacks, "cluster");
  await apply(report, platform.stacks, "bootstrap");
  await report.step("everything is applied", async () => {
    await reviewer.expect({ network: "unchanged", cluster: "unchanged", bootstrap: "unchanged" });
    return "nothing to do";
  });
  await report.step("a plan to destroy what holds secrets", () => reviewer.keepsSecrets());
  report.end();
}

/** A line of a log that says how far a stack is. */
const progressLine = /^\d\d:\d\d:\d\d \S+: .*\n/gm;

/** The program, in a folder that stands for the repository. */
class Reviewer {
  private readonly project: string;

  constructor(
    private readonly platform: Platform,
    private readonly cluster: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.project = platform.project;
  }

  /** Throws unless each stack is as expected, and the program ends with `code`. */
  async expect(expected: Readonly<Record<string, string>>, code = 0): Promise<void> {
    const file = join(this.project, "review.json");
    const ended = await this.review(this.cluster, "--format", "json", "--output", file, "--fail-on", "never");
    const { stacks } = JSON.parse(readFileSync(file, "utf8")) as Review;
    const found = stacks.map((stack) => [this.partOf(stack.stack), this.inWords(stack)]);
    mustBe("the review", Object.fromEntries(found), expected);
    mustBe("its exit code", ended.code, code);
  }

  /** Returns what the program ends with. */
  async code(...options: string[]): Promise<number | null> {
    return (await this.review(this.cluster, ...options)).code;
  }

  /** Interrupts the program while it plans. */
  async interrupted(): Promise<string> {
    const interruption = new AbortController();
    const review = this.start([this.cluster], interruption.signal).catch(({ message }: Error) => message);
    let ended = false;
    void review.finally(() => {
      ended = true;
    });
    while (plansIn(tmpdir()).length === 0 && !ended) {
      await setTimeout(50);
    }
    await setTimeout(500);
    interruption.abort(new Error("interrupted"));
    mustBe("an interrupted review", await review, "interrupted");
    mustBe("plans that are left", plansIn(tmpdir()), []);
    return "no plan is left behind";
  }

  /** Throws if a form of the report shows anything that the plan calls sensitive. */
  async keepsSecrets(): Promise<string> {
    const file = resolve(await this.platform.stacks.bootstrap.planToDestroy());
    const secrets = (
      JSON.parse(readFileSync(file, "utf8")).resource_changes as { change: Record<string, unknown> }[]
    ).flatMap(({ change: { before, before_sensitive } }) => hidden(before, before_sensitive));
    if (!secrets.some((secret) => secret.includes("PRIVATE KEY"))) {
      throw new CommandError("the plan holds no private key to look for");
    }
    for (const format of ["terminal", "markdown", "html", "json"]) {
      const { code, output, errors } = await this.review("--plan", file, "--format", format);
      mustBe(`exit code of ${format}`, code, 2);
      const lines = secrets.flatMap((secret) => secret.split("\n")).filter((line) => line.length > 8);
      const shown = lines.filter((line) => `${output}${errors}`.includes(line));
      mustBe(`secrets in ${format}`, shown.length, 0);
    }
    return `${secrets.length} secrets in no form`;
  }

  /** Runs to the end, and throws if anything but its progress is printed beside the report, or anything is left behind. */
  private async review(...options: string[]): Promise<ProgramResult> {
    const ended = await this.start(options, new AbortController().signal);
    mustBe("what is printed beside the report", ended.errors.replaceAll(progressLine, ""), "");
    mustBe("plans that are left", plansIn(tmpdir()), []);
    return ended;
  }

  private start(options: readonly string[], signal: AbortSignal): Promise<ProgramResult> {
    const program = [join("scripts", "run.mjs"), "operations/review/main.ts"];
    const { project, environment } = this;
    return runProgram(process.execPath, [...program, ...options], { cwd: project, environment, signal });
  }

  private inWords({ counts, problem }: Review["stacks"][number]): string {
    if (problem?.kind === "blocked") {
      return `waits for ${this.partOf(/stacks\/(\S+)/.exec(problem.next ?? "")?.[1] ?? "")}`;
    }
    const changes = Object.values(counts).some((count) => count > 0);
    return problem?.kind ?? (changes ? "planned" : "unchanged");
  }

  private partOf(stack: string): string {
    return stack.slice(this.cluster.length + 1);
  }
}

function plansIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("eks-cilium-platform-plans-"));
}

/** Texts in a value that its mask hides. */
function hidden(value: unknown, mask: unknown): string[] {
  if (typeof value === "string") {
    return mask === true ? [value] : [];
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) =>
    hidden(member, mask === true ? true : (mask as Record<string, unknown> | undefined)?.[key]),
  );
}
