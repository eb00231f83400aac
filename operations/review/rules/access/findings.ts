import type { ResourceChange } from "../../../terraform/plan/plan";
import { isObject, member, Sensitive, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";
import type { Finding } from "../../report/report";
import { byType } from "../by-type";
import { type AccessChange, toBeRead } from "./access-change";
import { accessRules } from "./all-rules";
import type { AccessRule } from "./rule";

type Access = Pick<Finding, "rule" | "severity" | "what" | "direction">;

const accessActions = ["create", "update", "replace", "delete"];

const rulesOfType = byType(accessRules);

/** Returns whether resources of a type are access and nothing else: rules say what is lost with one. */
export function isAccessAlone(type: string): boolean {
  return rulesOfType(type).some(
    ({ types, sharedTypes = /(?!)/ }) => (types.includes(type) || /_policy$/.test(type)) && !sharedTypes.test(type),
  );
}

/**
 * Returns what a change of one resource changes in who may do what.
 * @param related - finds the changes between which access may move, which is no change
 */
export function accessOf(change: ResourceChange, related: Related = () => []): Access[] {
  if (!isCompared(change)) {
    return [];
  }
  const rules = rulesOfType(change.type).filter(({ oneOf }) => oneOf?.some((name) => isSet(change, name)) ?? true);
  return rules.flatMap((rule) => {
    return accessChanges(rule, change, () => related(rule, change)).map(({ direction, ...found }) => ({
      rule: rule.id,
      ...found,
      direction:
        change.action === "delete" && direction === "narrower" && isAccessAlone(change.type)
          ? ("lost" as const)
          : direction,
    }));
  });
}

function isSet({ before, after }: ResourceChange, name: string): boolean {
  return member(before, name) !== null || member(after, name) !== null;
}

/** A deposed object has a successor, whose access is compared instead. */
function isCompared({ action, mode, deposed }: ResourceChange): boolean {
  return accessActions.includes(action) && mode !== "data" && deposed === undefined;
}

function accessChanges(
  rule: AccessRule,
  change: ResourceChange,
  relatedChanges: () => readonly ResourceChange[],
): readonly AccessChange[] {
  const { attributes = [], identityAttributes = [], sharedTypes = /(?!)/, typesWithDefaults = /(?!)/, compare } = rule;
  const { type, action, before, after } = change;
  const isLeftOut = (name: string) =>
    action !== "update" && typesWithDefaults.test(type) && member(after, name) instanceof Unknown;
  const [reason] = attributes
    .filter((name) => !isLeftOut(name))
    .flatMap((name) => hiddenBecause(member(before, name), member(after, name)) ?? []);
  if (reason !== undefined) {
    return [toBeRead(`what it allows is ${reason}`)];
  }
  const leftOut = Object.fromEntries(attributes.filter(isLeftOut).map((name) => [name, null]));
  const [was, is] = [before, after].map((side) => sideOf(side, leftOut));
  const pairs: readonly SidePair[] = identityAttributes.some((name) =>
    isAnotherName(member(before, name), member(after, name)),
  )
    ? [
        [[], is ?? []],
        [was ?? [], []],
      ]
    : [[was ?? [], is ?? []]];
  const found = pairs.map((pair) => compare(...pair));
  const contrary = sharedTypes.test(type) ? contraryDirection(before, after) : undefined;
  const changes = found
    .flatMap((some) => some ?? toBeRead("what it allows cannot be made out"))
    .filter(({ direction }) => direction !== contrary);
  const related = changes.length === 0 ? [] : relatedChanges();
  return related.length === 0 ? changes : withoutMoved(compare, changes, pairs, related);
}

type SidePair = readonly [readonly ValueObject[], readonly ValueObject[]];

function sideOf(side: Value, leftOut: ValueObject): readonly ValueObject[] {
  return isObject(side) ? [{ ...side, ...leftOut }] : [];
}

/** Returns the changes that are none of a move: what is new was in no related resource, and what goes is going to be in none. */
function withoutMoved(
  compare: AccessRule["compare"],
  changes: readonly AccessChange[],
  pairs: readonly SidePair[],
  related: readonly ResourceChange[],
): readonly AccessChange[] {
  const [come, gone] = (["before", "after"] as const).map((side) => {
    const others = related.flatMap((other) => sideOf(other[side], {}));
    return pairs.flatMap(([was, is]) => compare([...was, ...others], [...is, ...others]) ?? changes);
  });
  const goes = ({ what }: AccessChange) => /\bno longer\b/.test(what);
  return [...(come ?? []).filter((one) => !goes(one)), ...(gone ?? []).filter(goes)];
}

/** Returns the changes, of the same plan, of what a rule compares and is about the same thing: a bucket and its policy, a group and its rules. */
type Related = (rule: AccessRule, change: ResourceChange) => readonly ResourceChange[];

/** Returns a function that finds related changes among these. */
export function relatedIn(changes: readonly ResourceChange[]): Related {
  const byIdentity = new Map<string, ResourceChange[]>();
  for (const change of changes.filter(isCompared)) {
    for (const key of rulesOfType(change.type).flatMap((rule) => identitiesOf(rule, change))) {
      const known = byIdentity.get(key) ?? [];
      known.push(change);
      byIdentity.set(key, known);
    }
  }
  return (rule, change) => {
    const keys = new Set(identitiesOf(rule, change));
    const found = new Set([...keys].flatMap((key) => (byIdentity.get(key) ?? []).slice(0, mostRelated)));
    const isOfSame = (one: ResourceChange) => identitiesOf(rule, one).some((key) => keys.has(key));
    return [...found]
      .filter(({ address }) => address !== change.address)
      .map((other) => ({
        ...other,
        // What was about something else has not moved from here, nor what is going to be.
        before: isOfSame({ ...other, after: null }) ? other.before : null,
        after: isOfSame({ ...other, before: null }) ? other.after : null,
      }));
  };
}

/** Changes about the same thing. Of more, as of thousands of rules in one group, some are not looked at: what moves may be told then. */
const mostRelated = 200;

/** Returns what a resource is about, to a rule: `security-group-ingress security_group sg-1`. */
function identitiesOf(
  { id, identityAttributes = [], sharedTypes = /(?!)/ }: AccessRule,
  change: ResourceChange,
): readonly string[] {
  const valuesOf = (names: readonly string[]) =>
    names
      .flatMap((name) => [member(change.before, name), member(change.after, name)])
      .filter((value) => typeof value === "string");
  return identityAttributes.flatMap((name) => {
    const noun = name.replace(/_?(?:id|url|arn)$/, "");
    const isShared = sharedTypes.test(change.type) && change.type.endsWith(noun);
    return valuesOf(isShared ? ["id", "name", "arn", "url"] : [name]).map((value) => `${id} ${noun} ${value}`);
  });
}

/** Returns the direction that access does not take where the resource that holds it is new, or goes. */
function contraryDirection(before: Value, after: Value): AccessChange["direction"] | undefined {
  if (before === null) {
    return "narrower";
  }
  return after === null ? "wider" : undefined;
}

/** Returns whether both names are known and differ: one that is known after the apply is mostly the same resource's, replaced. */
function isAnotherName(before: Value, after: Value): boolean {
  return typeof before === "string" && typeof after === "string" && before !== after;
}

function hiddenBecause(before: Value, after: Value): string | undefined {
  if (after instanceof Unknown) {
    return "known after apply";
  }
  const isSensitive = after instanceof Sensitive ? after.changed : before instanceof Sensitive;
  return isSensitive ? "sensitive" : undefined;
}
