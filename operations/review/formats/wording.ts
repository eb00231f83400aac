import type { Change, Counts, Finding, Line, Noise, Report, Verdict } from "../report/report";

// What the terminal's and the Markdown form say in the same words.

const counted: readonly [keyof Counts, string][] = [
  ["add", "to add"],
  ["change", "to change"],
  ["replace", "to replace"],
  ["destroy", "to destroy"],
  ["import", "to import"],
  ["move", "to move"],
  ["forget", "to forget"],
];

const nothing = "nothing to do";

/** What a plan does, in numbers: `3 to add, 1 to replace`. */
export function countWords({ counts, outputs, invocations, problem, waitsFor }: Verdict): string {
  if (problem !== undefined && problem.kind !== "incomplete") {
    return problem.kind === "blocked" ? "cannot be planned yet" : "could not be planned";
  }
  const words = [
    ...counted.filter(([kind]) => counts[kind] > 0).map(([kind, word]) => `${counts[kind]} ${word}`),
    ...(outputs > 0 ? [`${outputs} output${outputs === 1 ? "" : "s"}`] : []),
    ...(invocations.length > 0 ? [`${invocations.length} to invoke`] : []),
  ];
  return (
    words.join(", ") || (problem !== undefined ? "planned in part" : waitsFor.length > 0 ? `${nothing} yet` : nothing)
  );
}

/** What else there is to say of a stack's plan. */
export function remarks({ problem, waitsFor, deferred, invocations, failedChecks }: Verdict): string[] {
  return [
    ...waitsFor.map((stack) => `reads outputs of ${stack}, which change: review it again once that is applied`),
    ...(problem === undefined ? [] : [problem.what]),
    ...(problem?.next === undefined ? [] : [`run: ${problem.next}`]),
    ...first(deferred.map((address) => `put off to a later plan: ${address}`)),
    ...first(invocations.map((address) => `to be invoked: ${address}`)),
    ...first(
      failedChecks.map(({ address, messages }) =>
        messages.length === 0
          ? `a check fails, and its message is sensitive: ${address}`
          : `a check fails: ${address}: ${messages.join("; ")}`,
      ),
    ),
  ];
}

/** A plan may have hundreds of a kind. */
const mostRemarks = 10;

function first(remarksOfAKind: readonly string[]): string[] {
  const rest = remarksOfAKind.length - mostRemarks;
  return rest > 1 ? [...remarksOfAKind.slice(0, mostRemarks), `and ${rest} more like these`] : [...remarksOfAKind];
}

const signs: Readonly<Record<Change["action"], string>> = {
  "no-op": " ",
  read: "<=",
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
};

/** A change's sign as Terraform has it, and what else happens to the resource. */
export function changeWords({
  action,
  createBeforeDestroy,
  previousAddress,
  importing,
  deposed,
  reason,
  forcedBy,
}: Change) {
  const facts = [
    ...(previousAddress === undefined ? [] : [`moved from ${previousAddress}`]),
    ...(importing === undefined ? [] : [`imported${importing === "" ? "" : ` as ${importing}`}`]),
    ...(deposed === undefined ? [] : [`left over by an earlier apply (deposed ${deposed})`]),
    ...(action === "forget" ? ["leaves the state and stays where it is"] : []),
    ...(reason === undefined ? [] : [reason]),
    ...(forcedBy.length === 0 ? [] : [`forced by ${forcedBy.join(", ")}`]),
  ];
  return { sign: createBeforeDestroy ? "+/-" : signs[action], facts };
}

/** A diff's lines: a sign, a space and the text; before each run of changes its path, if the line does not show it. */
export function diffLines(lines: readonly Line[]): string[] {
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
interface FoundAt {
  readonly stack: string;
  readonly address: string;
  readonly findings: [Finding, ...Finding[]];
}

/** Findings by address, addresses in the order of their first. */
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

/** Noise by what it is: the addresses that have it. */
export function byReason(noise: readonly Noise[]): { stack: string; why: string; places: string[] }[] {
  const groups = new Map<string, { stack: string; why: string; places: string[] }>();
  for (const { stack, address, path, why } of noise) {
    const key = JSON.stringify([stack, why]);
    const group = groups.get(key) ?? { stack, why, places: [] };
    groups.set(key, group);
    group.places.push(path === undefined ? address : `${address} (${path})`);
  }
  return [...groups.values()];
}

/** Whether there is nothing that anybody must read. */
export function isEmpty({ stacks, drift, changes }: Report): boolean {
  const isIdle = (stack: Verdict) => countWords(stack) === nothing && remarks(stack).length === 0;
  return changes.length === 0 && drift.length === 0 && stacks.every(isIdle);
}

/** What found something, as a silence names it. */
export function rulesOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ rule }) => rule))].join(", ");
}
