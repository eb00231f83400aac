import type { ResourceChange } from "../../../terraform/plan/plan";
import { member, Sensitive, Unknown, type Value } from "../../../terraform/plan/value";
import type { Finding } from "../../report/report";
import { byType } from "../by-type";
import { type AccessChange, toBeRead } from "./access-change";
import { accessRules } from "./all-rules";
import { nestedBlock } from "./attributes";
import type { AccessRule } from "./rule";

type Access = Pick<Finding, "rule" | "severity" | "what" | "direction">;

const accessActions = ["create", "update", "replace", "delete"];

const accessRulesByType = byType(accessRules);

/** Returns what a change of one resource changes in who may do what. */
export function accessOf(change: ResourceChange): Access[] {
  // A deposed object has a successor, whose access is compared instead.
  if (!accessActions.includes(change.action) || change.mode !== "managed" || change.deposed !== undefined) {
    return [];
  }
  const rules = accessRulesByType.get(change.type) ?? [];
  return rules.flatMap((rule) => accessChanges(rule, change).map((found) => ({ rule: rule.id, ...found })));
}

function accessChanges(rule: AccessRule, { type, action, before, after }: ResourceChange): readonly AccessChange[] {
  const { attributes = [], identityAttributes = [], sharedTypes = [], typesWithDefaults = [], compare } = rule;
  const isLeftOut = (name: string) =>
    action !== "update" && typesWithDefaults.includes(type) && member(after, name) instanceof Unknown;
  const [reason] = attributes
    .filter((name) => !isLeftOut(name))
    .flatMap((name) => hiddenBecause(member(before, name), member(after, name)) ?? []);
  if (reason !== undefined) {
    return [toBeRead(`what it allows is ${reason}`)];
  }
  const leftOut = Object.fromEntries(attributes.filter(isLeftOut).map((name) => [name, null]));
  const [was, is] = [before, after].map((side) => (side === null ? undefined : { ...nestedBlock(side), ...leftOut }));
  const found = identityAttributes.some((name) => isAnotherName(member(before, name), member(after, name)))
    ? [compare(undefined, is), compare(was, undefined)]
    : [compare(was, is)];
  const contrary = sharedTypes.includes(type) ? contraryDirection(before, after) : undefined;
  return found
    .flatMap((changes) => changes ?? toBeRead("what it allows cannot be made out"))
    .filter(({ direction }) => direction !== contrary);
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
