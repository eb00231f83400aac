import { existsSync } from "node:fs";

import { hasColour } from "../command/colour";
import { interruptible } from "../command/interruption";
import { start } from "../command/program";
import type { PlanningResult } from "../terraform/planning-result";
import { type Format, type Origin, type ReviewRequest, reviewCommand } from "./command-line";
import { reaches } from "./fail-on";
import type { Report } from "./report/report";
import { review } from "./review";
import { writeReport } from "./write-report";

const usualSilences = "plan-review-silences.yaml";

/** Reviews what the command line asks for. What only some uses need is loaded by these alone. */
async function reviewed(request: ReviewRequest, signal: AbortSignal): Promise<void> {
  const { plans, problems } = await plansFrom(request.origin, request.stacks, signal);
  const now = new Date();
  const file = request.silences ?? (existsSync(usualSilences) ? usualSilences : undefined);
  const silences = file === undefined ? [] : (await import("./read-silences")).readSilences(file);
  const report = review(plans, problems, { silences, today: now.toISOString().slice(0, 10) });
  const failed =
    problems.some(({ kind }) => kind === "failed") || plans.some(({ incomplete }) => incomplete === "errored");
  const found = reaches(report, request.failOn) ? 2 : 0;
  process.exitCode = failed ? 1 : found;

  const text = await rendered(report, request, now);
  if (request.output !== undefined) {
    writeReport(request.output, text);
    return;
  }
  process.stdout.write(text);
}

async function plansFrom(origin: Origin, stacks: readonly string[], signal: AbortSignal): Promise<PlanningResult> {
  switch (origin.kind) {
    case "cluster": {
      const { plannedCluster } = await import("./sources/cluster");
      return plannedCluster(origin.cluster, { stacks, refresh: origin.refresh, signal });
    }
    case "saved": {
      const { savedPlans } = await import("./sources/saved");
      return { plans: await savedPlans(origin.files, stacks), problems: [] };
    }
    case "hcp": {
      const { apiOf, plansOfRuns } = await import("./sources/hcp");
      const { tokenFor } = await import("./sources/terraform-cli-config");
      const token = tokenFor(origin.host, { environment: process.env });
      return plansOfRuns({ api: await apiOf(`https://${origin.host}`), token }, origin.runs, stacks);
    }
  }
}

async function rendered(report: Report, { format, output }: ReviewRequest, now: Date): Promise<string> {
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
      return (await import("./formats/html")).html(report, { title: `Plan review of ${stacks}`, time: now });
    },
  };
  const text = await forms[format]();
  return text.endsWith("\n") ? text : `${text}\n`;
}

start(reviewCommand((request) => interruptible("interrupted", (signal) => reviewed(request, signal))));
