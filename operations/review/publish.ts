import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

import { hasColour } from "../command/colour";
import type { ExitCode } from "../command/failure";
import type { PlanningResult } from "../terraform/planning-result";
import { reaches } from "./fail-on";
import type { Report } from "./report/report";
import type { Format, ReportRequest } from "./report-options";
import { review } from "./review";
import { writeReport } from "./write-report";

const usualSilences = "plan-review-silences.yaml";

/** What a report says beside what is in the plans. */
export interface Edition {
  /** Until when silences hold is compared with it. */
  readonly now: Date;
  /** Whether a page says when it was made. */
  readonly isDated: boolean;
  /**
   * Sentences on how the plans were made.
   * @default - as they usually are
   */
  readonly notes?: readonly string[];
}

/** Reviews plans and writes the report where it is wanted. Returns what the command ends with. What only some uses need is loaded by these alone. */
export async function publishReview(
  { plans, problems }: PlanningResult,
  request: ReportRequest,
  { now, isDated, notes }: Edition,
): Promise<0 | ExitCode> {
  const file = request.silences ?? (existsSync(usualSilences) ? usualSilences : undefined);
  const silences = file === undefined ? [] : (await import("./read-silences")).readSilences(file);
  const today = now.toISOString().slice(0, 10);
  const report = review(plans, problems, { silences, today, ...(notes === undefined ? {} : { notes }) });
  const facts = isDated ? factsOf(plans) : [];
  const text = await rendered(report, request, { time: isDated ? now : undefined, facts });
  if (request.output === undefined) {
    process.stdout.write(text);
  } else {
    writeReport(request.output, text);
  }
  const failed =
    problems.some(({ kind }) => kind === "failed") || plans.some(({ incomplete }) => incomplete === "errored");
  const found = reaches(report, request.failOn) ? 2 : 0;
  return failed ? 1 : found;
}

/** Returns what a page says of where plans belong: accounts with their regions, and the commit that they were reviewed at. */
function factsOf(plans: PlanningResult["plans"]): string[] {
  const places = [...new Set(plans.flatMap(({ place }) => place ?? []))];
  const commit = currentCommit();
  return [...places.map((place) => `account ${place}`), ...(commit === undefined ? [] : [`commit ${commit}`])];
}

function currentCommit(): string | undefined {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    // There may be no Git, or no repository.
    return undefined;
  }
}

interface Made {
  readonly time: Date | undefined;
  readonly facts: readonly string[];
}

async function rendered(report: Report, { format, output }: ReportRequest, made: Made): Promise<string> {
  const forms: Readonly<Record<Format, () => Promise<string>>> = {
    terminal: async () => {
      const { stdout } = process;
      const { terminal } = await import("./formats/terminal");
      return terminal(report, {
        width: (output === undefined && stdout.isTTY && stdout.columns) || 120,
        colour: output === undefined && hasColour(stdout),
      });
    },
    markdown: async () => (await import("./formats/markdown")).markdown(report),
    json: async () => (await import("./formats/json")).json(report),
    html: async () => {
      const [first, second] = report.stacks;
      const stacks = second === undefined ? first?.stack : `${report.stacks.length} stacks`;
      return (await import("./formats/html")).html(report, { title: `Plan review of ${stacks}`, ...made });
    },
  };
  const text = await forms[format]();
  return text.endsWith("\n") ? text : `${text}\n`;
}
