import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";

import { shortMessage } from "../../../platform/visible-text";
import { start } from "../../command/program";
import { readPlan } from "../../terraform/plan/read";
import { reaches } from "../fail-on";
import { html } from "../formats/html";
import { verdictLine } from "../formats/verdict-wording";
import { isUnfinished, placesOf, reviewed } from "../publish";
import { outcomesOf } from "./outcomes";
import { type PlanReview, type PlanReviewRequest, planReviewFiles } from "./plan-review";

/** Reviews the plan in a folder, and writes what came of it there. */
async function reviewPlan(folder: string): Promise<void> {
  const file = (name: string) => join(folder, name);
  const request: PlanReviewRequest = JSON.parse(readFileSync(file(planReviewFiles.request), "utf8"));
  const { stack, run, failOn, silences, wantsPage } = request;
  const planned = { plans: [readPlan(stack, readFileSync(file(planReviewFiles.plan), "utf8"))], problems: [] };
  const now = new Date();
  const report = await reviewed(planned, silences, { now });
  const result: PlanReview = {
    failed: isUnfinished(planned) || reaches(report, failOn),
    message: shortMessage(report.stacks.map(verdictLine).join("; ")),
    outcomes: outcomesOf(report),
  };
  if (wantsPage) {
    const made = { title: `Plan review of ${stack}`, time: now, facts: [...placesOf(planned.plans), run] };
    writeFileSync(file(planReviewFiles.page), html(report, made), { mode: 0o600 });
  }
  writeFileSync(file(planReviewFiles.result), JSON.stringify(result), { mode: 0o600 });
}

start(new Command().argument("<folder>").action(reviewPlan));
