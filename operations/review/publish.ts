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
  planned: PlanningResult,
  request: ReportRequest,
  { isDated, ...edition }: Edition,
): Promise<0 | ExitCode> {
  const report = await reviewed(planned, request.silences, edition);
  const made = { time: isDated ? edition.now : undefined, facts: isDated ? factsOf(planned.plans) : [] };
  const text = await rendered(report, request, made);
  if (request.output === undefined) {
    process.stdout.write(text);
  } else {
    writeReport(request.output, text);
  }
  const found = reaches(report, request.failOn) ? 2 : 0;
  return isUnfinished(planned) ? 1 : found;
}

/**
 * Reviews plans with the findings that a file silences.
 * @param silencesFile - undefined for the usual one, if that is there
 */
export async function reviewed(
  { plans, problems }: PlanningResult,
  silencesFile: string | undefined,
  { now, notes }: Pick<Edition, "now" | "notes">,
): Promise<Report> {
  const file = silencesFile ?? (existsSync(usualSilences) ? usualSilences : undefined);
  const silences = file === undefined ? [] : (await import("./read-silences")).readSilences(file);
  const today = now.toISOString().slice(0, 10);
  return review(plans, problems, { silences, today, ...(notes === undefined ? {} : { notes }) });
}

/** Returns whether a stack could not be planned, or not to the end. One that waits for another to be applied does not count. */
export function isUnfinished({ plans, problems }: PlanningResult): boolean {
  return problems.some(({ kind }) => kind === "failed") || plans.some(({ incomplete }) => incomplete === "errored");
}

/** Returns what a page says of where plans belong: accounts with their regions, and the commit that they were reviewed at. */
function factsOf(plans: PlanningResult["plans"]): string[] {
  const commit = currentCommit();
  return [...placesOf(plans), ...(commit === undefined ? [] : [`commit ${commit}`])];
}

/** Returns the accounts of plans with their regions: `account 111122223333, eu-central-1`. */
export function placesOf(plans: PlanningResult["plans"]): string[] {
  return [...new Set(plans.flatMap(({ place }) => place ?? []))].map((place) => `account ${place}`);
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
