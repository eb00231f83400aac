import { ciliumRules } from "./cilium-rules";
import { sourceRules } from "./flux-rules";
import { generalRules, otherGoneRule } from "./general-rules";
import { interfaceRules } from "./interface-rules";
import { protectionRules } from "./protection-rules";
import type { DangerRule } from "./rule";
import { stateRules } from "./state-rules";
import { upgradeRules } from "./upgrade-rules";

const rules = [
  ...stateRules,
  ...sourceRules,
  ...upgradeRules,
  ...ciliumRules,
  ...interfaceRules,
  ...protectionRules,
  ...generalRules,
];

/** All rules of danger, in the order in which a report names what they found. */
export const dangerRules: readonly DangerRule[] = [...rules, otherGoneRule(rules)];

/** Returns whether a rule says of a plan what it cannot say of what happened: of drift, a resource that is gone is named anyway. */
export function isAboutPlansAlone(rule: string): boolean {
  return rule === "resource-gone" || generalRules.some(({ id }) => id === rule);
}
