import type { Counts, Report, Verdict } from "../report/report";

// Several forms of a report say this of a stack's plan, in the same words.

const countLabels: readonly [keyof Counts, string][] = [
  ["add", "to add"],
  ["change", "to change"],
  ["replace", "to replace"],
  ["destroy", "to destroy"],
  ["import", "to import"],
  ["move", "to move"],
  ["forget", "to forget"],
];

const nothing = "nothing to do";

/** Returns what a plan does, in numbers: `3 to add, 1 to replace`. */
export function countWords({ counts, outputs, invocations, problem, waitsFor }: Verdict): string {
  if (problem !== undefined && problem.kind !== "incomplete") {
    return problem.kind === "blocked" ? "cannot be planned yet" : "could not be planned";
  }
  const words = [
    ...countLabels.filter(([kind]) => counts[kind] > 0).map(([kind, word]) => `${counts[kind]} ${word}`),
    ...(outputs > 0 ? [quantity(outputs, "output")] : []),
    ...(invocations.length > 0 ? [`${invocations.length} to invoke`] : []),
  ];
  if (words.length > 0) {
    return words.join(", ");
  }
  if (problem !== undefined) {
    return "planned in part";
  }
  return waitsFor.length > 0 ? `${nothing} yet` : nothing;
}

/** Returns a number and what is counted: `1 output`, `2 outputs`. */
export function quantity(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** A sentence on a stack's plan. */
export interface Remark {
  readonly text: string;
  /** Whether something is wrong. */
  readonly isProblem: boolean;
}

/** Remarks of one kind: a plan may have hundreds. */
const mostRemarks = 10;

/**
 * Returns what else there is to say of a stack's plan.
 * @param most - remarks of one kind; of more, those that are left out are counted
 */
export function remarks(verdict: Verdict, most = mostRemarks): Remark[] {
  const { problem, waitsFor, deferred, invocations, failedChecks } = verdict;
  const notes = (texts: readonly string[]) => texts.map((text) => ({ text, isProblem: false }));
  const problems = (texts: readonly string[]) => texts.map((text) => ({ text, isProblem: true }));
  return [
    ...notes(waitsFor.map((stack) => `reads outputs of ${stack}, which change: review it again once that is applied`)),
    ...problems(problem === undefined ? [] : [problem.what]),
    ...notes(problem?.next === undefined ? [] : [`run: ${problem.next}`]),
    ...notes(
      firstFew(
        deferred.map((address) => `put off to a later plan: ${address}`),
        most,
      ),
    ),
    ...notes(
      firstFew(
        invocations.map((address) => `to be invoked: ${address}`),
        most,
      ),
    ),
    ...problems(firstFew(failedChecks.filter((check) => !isTold(check, problem?.what)).map(failedCheckText), most)),
  ];
}

/** Returns whether a problem has a check's messages already: a postcondition that fails ends the plan, and stands in its part as a check. */
function isTold({ messages }: Verdict["failedChecks"][number], problem = ""): boolean {
  return messages.length > 0 && messages.every((message) => problem.includes(message));
}

function failedCheckText({ address, messages }: Verdict["failedChecks"][number]): string {
  return messages.length === 0
    ? `a check fails, and its message is sensitive: ${address}`
    : `a check fails: ${address}: ${messages.join("; ")}`;
}

function firstFew(texts: readonly string[], most: number): string[] {
  const rest = texts.length - most;
  return rest > 1 ? [...texts.slice(0, most), `and ${rest} more like these`] : [...texts];
}

/** Returns what there is to say of a stack's plan in one line: `demo-network: 1 to replace; the VPC is replaced: aws_vpc.network`. */
export function verdictLine(verdict: Verdict): string {
  const { stack, worst } = verdict;
  const said = [
    countWords(verdict),
    ...(worst === undefined ? [] : [worst]),
    ...remarks(verdict).map(({ text }) => text),
  ];
  return `${stack}: ${said.join("; ")}`;
}

/** Returns whether a report has nothing that anybody must read. */
export function isEmpty({ stacks, drift, changes }: Report): boolean {
  return changes.length === 0 && drift.length === 0 && stacks.every(isIdle);
}

/** Returns whether there is nothing to say of a stack's plan. */
export function isIdle(stack: Verdict): boolean {
  return countWords(stack) === nothing && remarks(stack).length === 0;
}
