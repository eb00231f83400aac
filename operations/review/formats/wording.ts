import type { Change, Counts, Finding, Line, Noise, Report, Verdict } from "../report/report";

// What several forms of a report say in the same words.

const countLabels: readonly [keyof Counts, string][] = [
  ["add", "to add"],
  ["change", "to change"],
  ["replace", "to replace"],
  ["destroy", "to destroy"],
  ["import", "to import"],
  ["move", "to move"],
  ["forget", "to forget"],
];

export const nothing = "nothing to do";

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
    ...problems(firstFew(failedChecks.map(failedCheckText), most)),
  ];
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

const terraformSigns: Readonly<Record<Change["action"], string>> = {
  "no-op": " ",
  read: "<=",
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
};

/** Returns a change's sign, as Terraform prints it. */
export function changeSign({ action, createBeforeDestroy }: Change): string {
  return createBeforeDestroy ? "+/-" : terraformSigns[action];
}

/** Something that a change is about: words, and what Terraform calls it by, such as attributes or ids. */
export interface Fact {
  readonly words: string;
  readonly names: readonly string[];
}

/** Returns what there is to say of a change, apart from what changes. */
export function changeFacts({ action, previousAddress, importing, deposed, reason, forcedBy }: Change): Fact[] {
  const fact = (words: string, ...names: string[]): Fact[] => [{ words, names }];
  const imported = importing === "" ? fact("imported") : fact("imported as", importing ?? "");
  return [
    ...(previousAddress === undefined ? [] : fact("moved from", previousAddress)),
    ...(importing === undefined ? [] : imported),
    ...(deposed === undefined ? [] : fact(`left over by an earlier apply (deposed ${deposed})`)),
    ...(action === "forget" ? fact("leaves the state and stays where it is") : []),
    ...(reason === undefined ? [] : fact(reason)),
    ...(forcedBy.length === 0 ? [] : fact("forced by", ...forcedBy)),
  ];
}

/** Returns a fact on one line: `forced by vpc_id, subnet_ids`. */
export function factText({ words, names }: Fact): string {
  return names.length === 0 ? words : `${words} ${names.join(", ")}`;
}

/** Returns a diff's lines, each a sign, a space and the text; before changes at a path of several steps stands `@` and the path. */
export function printedDiff(lines: readonly Line[]): string[] {
  let last: string | undefined;
  return lines.flatMap(({ sign, text, path }) => {
    if (sign === "…") {
      last = undefined;
      return [`  … ${text}`];
    }
    const heading = path !== undefined && path !== last && /[.[]/.test(path) ? [`@ ${path}`] : [];
    last = path ?? last;
    return [...heading, `${sign} ${text}`.trimEnd()];
  });
}

/** What was found at one address. */
export interface FoundAt {
  readonly stack: string;
  readonly address: string;
  readonly findings: [Finding, ...Finding[]];
}

/** Returns findings by address, in the order of the first of each. */
export function byAddress(findings: readonly Finding[]): FoundAt[] {
  const groups = new Map<string, FoundAt>();
  for (const finding of findings) {
    const { stack, address } = finding;
    const key = JSON.stringify([stack, address]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, { stack, address, findings: [finding] });
    } else {
      group.findings.push(finding);
    }
  }
  return [...groups.values()];
}

/** Noise of one kind in a stack, and the resources or attributes that have it: `aws_sqs_queue.a (policy)`. */
interface NoiseOfAKind {
  readonly stack: string;
  readonly why: string;
  readonly attributes: string[];
}

/** Returns noise by its kind, in the order of the first of each. */
export function byReason(noise: readonly Noise[]): NoiseOfAKind[] {
  const groups = new Map<string, NoiseOfAKind>();
  for (const { stack, address, path, why } of noise) {
    const key = JSON.stringify([stack, why]);
    const group: NoiseOfAKind = groups.get(key) ?? { stack, why, attributes: [] };
    groups.set(key, group);
    group.attributes.push(path === undefined ? address : `${address} (${path})`);
  }
  return [...groups.values()];
}

/** Whether a report has nothing that anybody must read. */
export function isEmpty({ stacks, drift, changes }: Report): boolean {
  return changes.length === 0 && drift.length === 0 && stacks.every(isIdle);
}

/** Whether there is nothing to say of a stack's plan. */
export function isIdle(stack: Verdict): boolean {
  return countWords(stack) === nothing && remarks(stack).length === 0;
}

/** Returns how long a silence holds, or held. */
export function silencedUntil({ until, expired }: NonNullable<Finding["silence"]>): string {
  return `${expired ? "was silenced" : "silenced"} until ${until}`;
}

/** Returns the ids of the rules that found something, as silences name them. */
export function rulesOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ rule }) => rule))].join(", ");
}
