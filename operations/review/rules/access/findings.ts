import type { ResourceChange } from "../../../terraform/plan/plan";
import { member, objectOf, Sensitive, Unknown, type Value } from "../../../terraform/plan/value";
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
  const { attributes = [], whose = [], parts = [], defaults = [], compare } = rule;
  const [old, coming] = [objectOf(before), objectOf(after)];
  const isDefault = (name: string) =>
    action !== "update" && defaults.includes(type) && member(coming, name) instanceof Unknown;
  const reasons = attributes
    .filter((name) => !isDefault(name))
    .flatMap((name) => hiddenBecause(member(old, name), member(coming, name)) ?? []);
  const [reason] = reasons;
  if (reason !== undefined) {
    return [toBeRead(`what it allows is ${reason}`)];
  }
  const unset = Object.fromEntries(attributes.filter(isDefault).map((name) => [name, null]));
  const [was, is] = [before, after].map((side) => (side === null ? undefined : { ...nestedBlock(side), ...unset }));
  const found = whose.some((name) => isAnotherName(member(old, name), member(coming, name)))
    ? [compare(undefined, is), compare(was, undefined)]
    : [compare(was, is)];
  const impossible = before === null ? "narrower" : after === null ? "wider" : undefined;
  return found
    .flatMap((changes) => changes ?? toBeRead("what it allows cannot be made out"))
    .filter(({ direction }) => !(parts.includes(type) && direction === impossible));
}

/** Whether both names are known and differ: one that is known after the apply is mostly the same resource's, replaced. */
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
