import type { ResourceChange } from "../../../terraform/plan/plan";
import { member, membersOf, objectOf, same, type Value, type ValueObject } from "../../../terraform/plan/value";
import { pathWords } from "../../diff/terraform-words";
import type { Finding } from "../../report/report";
import { byType } from "../by-type";
import { dangerRules } from "./all-rules";
import { helmValues } from "./helm-values";
import { manifests } from "./manifests";
import { type DangerRule, isEverSet, isKnown, ruleSentence } from "./rule";

const dangerRulesByType = byType(dangerRules);

/** Returns what the rules find in one change. */
export function dangersOf(stack: string, change: ResourceChange): Finding[] {
  // A deposed object has a successor, which is judged instead.
  if (change.mode !== "managed" || change.deposed !== undefined) {
    return [];
  }
  const candidates = (dangerRulesByType.get(change.type) ?? []).filter(
    ({ actions, where, successorFirst = change.createBeforeDestroy }) =>
      actions.includes(change.action) &&
      successorFirst === change.createBeforeDestroy &&
      (where === undefined || where(objectOf(change.before ?? change.after))),
  );
  if (candidates.length === 0) {
    return [];
  }
  const [before, after] = [change.before, change.after].map((side) => withParsedTexts(change.type, objectOf(side)));
  return candidates
    .filter((rule) => isTriggered(rule, before ?? {}, after ?? {}))
    .map((rule) => ({
      stack,
      rule: rule.id,
      severity: rule.severity,
      address: change.address,
      action: change.action,
      what: ruleSentence(rule, change),
      workloads: rule.workloads,
      forcedBy: change.replacePaths.map(pathWords),
    }));
}

function isTriggered(
  { attributes, matters = isEverSet }: DangerRule,
  before: ValueObject,
  after: ValueObject,
): boolean {
  return (
    attributes === undefined ||
    attributes.some((path) =>
      valuePairs(before, after, path.split(".")).some(([was, is]) => !same(was, is) && matters(was, is)),
    )
  );
}

/** Returns the values at a path on both sides: several where it says `*`, none within what is hidden or not known yet. */
function valuePairs(
  before: Value,
  after: Value,
  [step, ...rest]: readonly string[],
): readonly (readonly [Value, Value])[] {
  if (step === undefined) {
    return [[before, after]];
  }
  if (!isKnown(before) || !isKnown(after)) {
    return [];
  }
  const keys = step === "*" ? Object.keys(membersOf(after)) : [step];
  return keys.flatMap((key) => valuePairs(member(before, key), member(after, key), rest));
}

/** Returns a resource with its YAML parsed, of the types whose rules look into that. */
function withParsedTexts(type: string, resource: ValueObject): ValueObject {
  switch (type) {
    case "helm_release":
      return { ...resource, values: helmValues(resource) };
    case "github_repository_file":
      return { ...resource, ...manifests(resource) };
    default:
      return resource;
  }
}
