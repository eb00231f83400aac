import { stateOwnerAddress } from "../../../../platform/state-owner";
import type { DangerRule } from "./rule";
import { destroying } from "./rule";

/** Rules on resources of any type. */
export const generalRules: readonly DangerRule[] = [
  {
    id: "left-behind",
    severity: "caution",
    types: ["*"],
    actions: ["create"],
    when: ({ forgetsPredecessor }) => forgetsPredecessor,
    subject: "the object before the new one",
    predicate: "stays, and Terraform forgets it",
    workloads: "both are there, and cost; nothing takes the old one down",
  },
  {
    id: "mark-lost",
    severity: "caution",
    types: ["*"],
    actions: ["create", "update", "replace", "no-op"],
    when: ({ unmarked }) => unmarked.length > 0,
    subject: "an attribute",
    predicate: "is not sensitive any more",
    workloads: "nothing: from now on Terraform, and what reads its plans, prints it",
  },
  {
    id: "action-invoked",
    severity: "caution",
    types: ["*"],
    actions: ["invoke"],
    subject: "a provider",
    predicate: "is asked to act",
    workloads: "what it does stands in no state, and no plan takes it back",
  },
];

/** Returns the rule on what is replaced or destroyed, and is of no type that one of these rules is about. */
export function otherGoneRule(rules: readonly DangerRule[]): DangerRule {
  const known = new Set(rules.filter(({ predicate }) => predicate === undefined).flatMap(({ types }) => types));
  // It holds nothing: what becomes of the nodes that it describes, their group says.
  known.add("aws_launch_template");
  return {
    id: "resource-gone",
    severity: "caution",
    types: ["*"],
    actions: destroying,
    // What Flux does not find any more is found by the file that had it; the owner of a state holds nothing, and has a rule of its own.
    when: ({ type, mode, address }) => mode === "managed" && !known.has(type) && address !== stateOwnerAddress,
    subject: "a resource",
    workloads: "what it holds is lost, and what relies on it fails; see what that is",
  };
}
