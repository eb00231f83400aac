import type { Counts, Report } from "./report/report";

/** What `--fail-on` can name: each takes in what stands before it. */
export const levels = ["danger", "replace", "destroy", "any"] as const;

/** What makes a review fail. */
export type FailOn = (typeof levels)[number] | "never";

/** Whether a report holds anything of what `failOn` names. */
export function holds(report: Report, failOn: FailOn): boolean {
  return failOn !== "never" && levels.slice(0, levels.indexOf(failOn) + 1).some((level) => isIn[level](report));
}

const isIn: Readonly<Record<(typeof levels)[number], (report: Report) => boolean>> = {
  danger: ({ dangers, access, drift }) =>
    [...dangers, ...access, ...drift.flatMap(({ unsafe }) => unsafe ?? [])].some(
      ({ severity, silence }) => severity === "danger" && (silence === undefined || silence.expired),
    ),
  replace: (report) => counted(report, ["replace"]) > 0,
  destroy: (report) => counted(report, ["destroy"]) > 0,
  any: (report) =>
    counted(report, ["add", "change", "import", "move", "forget"]) > 0 ||
    report.drift.length > 0 ||
    report.stacks.some(({ outputs, deferred, invocations }) => outputs + deferred.length + invocations.length > 0),
};

function counted({ stacks }: Report, kinds: readonly (keyof Counts)[]): number {
  return stacks.flatMap(({ counts }) => kinds.map((kind) => counts[kind])).reduce((sum, count) => sum + count, 0);
}
