import type { Change, Finding, Line, Noise } from "../report/report";

// Several forms of a report say this, in the same words.

const terraformSigns: Readonly<Record<Change["action"], string>> = {
  "no-op": " ",
  read: "<=",
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
  invoke: "!",
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
export function changeFacts(change: Change): Fact[] {
  const { action, previousAddress, importing, deposed, reason, forcedBy, notes = [] } = change;
  const fact = (words: string, ...names: string[]): Fact[] => [{ words, names }];
  const imported = importing === "" ? fact("imported") : fact("imported as", importing ?? "");
  return [
    ...(previousAddress === undefined ? [] : fact("moved from", previousAddress)),
    ...(importing === undefined ? [] : imported),
    ...(deposed === undefined ? [] : fact(`left over by an earlier apply (deposed ${deposed})`)),
    ...(action === "forget" ? fact("leaves the state and stays where it is") : []),
    ...notes.flatMap((note) => fact(note)),
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

/** Returns how long a silence holds, or held. */
export function silencedUntil({ until, expired }: NonNullable<Finding["silence"]>): string {
  return `${expired ? "was silenced" : "silenced"} until ${until}`;
}

/** Returns the ids of the rules that found something, as silences name them. */
export function rulesOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ rule }) => rule))].join(", ");
}
