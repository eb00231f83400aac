import type { ResourceChange } from "../../../terraform/plan/plan";
import { isList, member, objectOf, same, type Value, type ValueObject } from "../../../terraform/plan/value";
import { pathWords } from "../../diff/terraform-words";
import type { Finding } from "../../report/report";
import { byType } from "../by-type";
import { ciliumRules } from "./cilium-rules";
import { helmValues } from "./helm-values";
import { manifests } from "./manifests";
import { protectionRules } from "./protection-rules";
import { isKnown, meansOther, type Rule, sentence } from "./rule";
import { stateRules } from "./state-rules";
import { upgradeRules } from "./upgrade-rules";

/** All rules of danger, in the order in which a report names what they found. */
export const rules: readonly Rule[] = [...stateRules, ...upgradeRules, ...ciliumRules, ...protectionRules];

const rulesByType = byType(rules);

/** What the rules say of one change. */
export function dangersOf(stack: string, change: ResourceChange): Finding[] {
  // What an earlier apply left to be deleted has its successor.
  if (change.mode !== "managed" || change.deposed !== undefined) {
    return [];
  }
  const candidates = (rulesByType.get(change.type) ?? []).filter(
    ({ actions, where }) =>
      actions.includes(change.action) && (where === undefined || where(objectOf(change.before ?? change.after))),
  );
  if (candidates.length === 0) {
    return [];
  }
  const [before, after] = [change.before, change.after].map((side) => readable(change.type, objectOf(side)));
  return candidates
    .filter((rule) => applies(rule, before ?? {}, after ?? {}))
    .map((rule) => ({
      stack,
      rule: rule.id,
      severity: rule.severity,
      address: change.address,
      action: change.action,
      what: sentence(rule, change),
      workloads: rule.workloads,
      forcedBy: change.replacePaths.map(pathWords),
    }));
}

function applies({ attributes, matters = meansOther }: Rule, before: ValueObject, after: ValueObject): boolean {
  return (
    attributes === undefined ||
    attributes.some((path) =>
      pairs(before, after, path.split(".")).some(([was, is]) => !same(was, is) && matters(was, is)),
    )
  );
}

/** The values at a path on both sides: several where it says `*`, none below what is hidden or not known yet. */
function pairs(before: Value, after: Value, [step, ...rest]: readonly string[]): readonly (readonly [Value, Value])[] {
  if (step === undefined) {
    return [[before, after]];
  }
  if (!isKnown(before) || !isKnown(after)) {
    return [];
  }
  const keys = step === "*" ? Object.keys(members(after)) : [step];
  return keys.flatMap((key) => pairs(member(members(before), key), member(members(after), key), rest));
}

function members(of: Value): ValueObject {
  return isList(of) ? { ...of } : objectOf(of);
}

/** A resource with what its texts come to. */
function readable(type: string, resource: ValueObject): ValueObject {
  return type === "helm_release"
    ? { ...resource, values: helmValues(resource) }
    : type === "github_repository_file"
      ? { ...resource, ...manifests(resource) }
      : resource;
}
