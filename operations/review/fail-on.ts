import type { Counts, Report } from "./report/report";
import { isSilenced } from "./report/silences";

/** Levels that `--fail-on` can name: each includes those before it. */
export const levels = ["danger", "replace", "destroy", "any"] as const;

/** The level from which a review fails. */
export type FailOn = (typeof levels)[number] | "never";

/** Returns whether a report has anything of a level, or of those before it. */
export function reaches(report: Report, failOn: FailOn): boolean {
  return failOn !== "never" && levels.slice(0, levels.indexOf(failOn) + 1).some((level) => isIn[level](report));
}

const isIn: Readonly<Record<(typeof levels)[number], (report: Report) => boolean>> = {
  danger: ({ dangers, access, drift }) =>
    [...dangers, ...access, ...drift.flatMap(({ unsafe }) => unsafe ?? [])].some(
      (finding) => finding.severity === "danger" && !isSilenced(finding),
    ),
  replace: (report) => countOf(report, ["replace"]) > 0,
  destroy: (report) => countOf(report, ["destroy"]) > 0,
  any: (report) =>
    countOf(report, ["add", "change", "import", "move", "forget"]) > 0 ||
    report.drift.length > 0 ||
    report.stacks.some(
      ({ outputs, deferred, invocations, failedChecks }) =>
        outputs + deferred.length + invocations.length + failedChecks.length > 0,
    ),
};

function countOf({ stacks }: Report, kinds: readonly (keyof Counts)[]): number {
  return stacks.flatMap(({ counts }) => kinds.map((kind) => counts[kind])).reduce((sum, count) => sum + count, 0);
}
