import { ciliumRules } from "./cilium-rules";
import { protectionRules } from "./protection-rules";
import type { DangerRule } from "./rule";
import { stateRules } from "./state-rules";
import { upgradeRules } from "./upgrade-rules";

/** All rules of danger, in the order in which a report names what they found. */
export const dangerRules: readonly DangerRule[] = [...stateRules, ...upgradeRules, ...ciliumRules, ...protectionRules];
