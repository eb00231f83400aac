import type { ValueObject } from "../../../terraform/plan/value";
import type { AccessChange } from "./access-change";
import { comparePolicies } from "./policy";
import type { PolicyStatement } from "./policy-document";
import { compareTraffic, type Flow, type TrafficPhrases } from "./traffic";

/** One kind of access. To add a rule is to add a row, and to its test a change that triggers it and a near miss. */
export interface AccessRule {
  readonly id: string;
  /** `caution`, and when it is a danger. */
  readonly severity: string;
  /** Types of resources, kinds of Kubernetes objects among them, in whatever holds these; `*` for any type. */
  readonly types: readonly string[];
  /** Types that it is not about, of all that it names with `*`.
   * @default - none */
  readonly except?: RegExp;
  /** Attributes of which a resource has one that is set, if the rule is about it.
   * @default - it is about all of its types */
  readonly oneOf?: readonly string[];
  /** What it finds, where access widens. */
  readonly sentence: string;
  /** Attributes without which there is nothing to compare: if one is not known yet, people are asked to read the code.
   * @default [] */
  readonly attributes?: readonly string[];
  /** Attributes that name what it is access to, or for whom: where one changes, all of the access is new.
   * @default [] */
  readonly identityAttributes?: readonly string[];
  /** Types that hold the access beside other things: a new resource narrows nothing, and one that goes widens nothing.
   * A Deny in the policy of an IAM role that is deleted goes too, and allows nobody more.
   * @default - none */
  readonly sharedTypes?: RegExp;
  /** Types in which an attribute of a new resource is unknown even where the code leaves it out.
   * Of a security group without `ingress`, AWS says only after the apply that it has none.
   * @default - none */
  readonly typesWithDefaults?: RegExp;
  readonly compare: Comparison;
}

/** Returns what is wider or narrower, undefined if that cannot be told. Where there is no resource on a side, its list is empty. */
export type Comparison = (
  before: readonly ValueObject[],
  after: readonly ValueObject[],
) => readonly AccessChange[] | undefined;

/**
 * Compares what resources allow and deny, as policy documents.
 * @param absent - the documents that hold where there is no resource
 */
export function policyComparison(
  documents: (resource: ValueObject) => string | readonly string[],
  isDanger: (statement: PolicyStatement) => boolean,
  absent: readonly string[] = [],
): Comparison {
  const all = (resources: readonly ValueObject[]) => (resources.length > 0 ? resources.flatMap(documents) : absent);
  return (before, after) => comparePolicies(all(before), all(after), isDanger);
}

/** Compares the traffic that resources admit. */
export function trafficComparison(
  flows: (resource: ValueObject) => readonly Flow[],
  phrases: TrafficPhrases,
): Comparison {
  return (before, after) => compareTraffic(before.flatMap(flows), after.flatMap(flows), phrases);
}
