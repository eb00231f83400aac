import { withStandIns } from "./random-values";

/** One change of a plan's JSON: values, and which parts of them are masked. */
interface Change {
  readonly before: unknown;
  readonly after: unknown;
  readonly before_sensitive: unknown;
  readonly after_sensitive: unknown;
  readonly after_unknown: unknown;
}

type Changing = { readonly change: Change };

interface PlanJson {
  readonly resource_changes: readonly Changing[] | undefined;
  readonly output_changes: Readonly<Record<string, Change>> | undefined;
}

/**
 * Returns a plan's JSON as every other world would give it: with stand-ins in place of random values, sets of those in the order of the
 * stand-ins, and without drift, since nobody but Terraform has changed anything in a world.
 */
export function steadyPlan(json: string, standIns: ReadonlyMap<string, string>): string {
  const steady = (_key: string, value: unknown) => (typeof value === "string" ? withStandIns(value, standIns) : value);
  const { resource_changes: resources, output_changes: outputs, ...plan } = JSON.parse(json, steady) as PlanJson;
  const made = new Set(standIns.values());
  return JSON.stringify({
    ...plan,
    resource_drift: [],
    relevant_attributes: [],
    resource_changes: resources?.map((entry) => ({ ...entry, change: ordered(entry.change, made) })),
    output_changes: Object.fromEntries(Object.entries(outputs ?? {}).map(([name, one]) => [name, ordered(one, made)])),
  });
}

function ordered(change: Change, made: ReadonlySet<string>): Change {
  const masks = [change.before_sensitive, change.after_sensitive, change.after_unknown];
  return { ...change, before: inOrder(change.before, masks, made), after: inOrder(change.after, masks, made) };
}

/** Sorts lists that hold stand-ins, deep within: Terraform has sorted sets by values that were random. Masks go by places, and what has some stays. */
function inOrder(value: unknown, masks: readonly unknown[], made: ReadonlySet<string>): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const below = (key: string) => masks.map((mask) => (mask === true ? true : Object(mask)[key]));
  if (!Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inOrder(member, below(key), made)]));
  }
  const members = value.map((member, index) => inOrder(member, below(String(index)), made));
  const texts = members.map((member) => JSON.stringify(member) ?? "");
  const isRandom = texts.some((text) => text.match(/[\dA-Za-z.+/=-]+/g)?.some((word) => holds(word, made)));
  if (!isRandom || masks.some(hasMarks)) {
    return members;
  }
  const order = members.map((_, index) => index);
  order.sort((one, other) => ((texts[one] ?? "") < (texts[other] ?? "") ? -1 : 1));
  return order.map((index) => members[index]);
}

function holds(word: string, made: ReadonlySet<string>): boolean {
  return [word, ...word.split(/[^\dA-Za-z]/)].some((part) => made.has(part));
}

function hasMarks(mask: unknown): boolean {
  return mask === true || (typeof mask === "object" && mask !== null && Object.values(mask).some(hasMarks));
}
