import type { ValueObject } from "../../../terraform/plan/value";
import type { AccessChange } from "./access-change";
import { comparePolicies } from "./policy";
import type { Statement } from "./policy-document";
import { compareTraffic, type Flow, type TrafficWords } from "./traffic";

/** A kind of access. Adding a rule is adding a row, and to its test a change that triggers it and a near miss. */
export interface AccessRule {
  readonly id: string;
  /** `caution`, and when it is a danger. */
  readonly severity: string;
  /** Types of resources. */
  readonly types: readonly string[];
  /** What it finds; what is narrower is the reverse. */
  readonly sentence: string;
  /** Attributes without which there is nothing to compare: if one is not known yet, the code is to be read.
   * @default [] */
  readonly attributes?: readonly string[];
  /** Attributes that name what it is access to, or for whom: for another one, all of it is new.
   * @default [] */
  readonly whose?: readonly string[];
  /** Types that the access is a part of: no new one makes anything narrower, and none that goes makes anything wider.
   * @default [] */
  readonly parts?: readonly string[];
  /** Types in which such an attribute of a new resource is not known even if the code leaves it out.
   * @default [] */
  readonly defaults?: readonly string[];
  readonly compare: Comparison;
}

/** What is wider or narrower; no resource is on one side if it is new or goes. Undefined if it could not be read. */
export type Comparison = (
  before: ValueObject | undefined,
  after: ValueObject | undefined,
) => readonly AccessChange[] | undefined;

/**
 * Compares what resources allow and deny, as policy documents.
 * @param absent - what holds where there is no resource
 */
export function policies(
  documents: (resource: ValueObject) => string | readonly string[],
  isDanger: (statement: Statement) => boolean,
  absent: readonly string[] = [],
): Comparison {
  const all = (resource: ValueObject | undefined) => (resource ? [documents(resource)].flat() : absent);
  return (before, after) => comparePolicies(all(before), all(after), isDanger);
}

/** Compares what traffic resources admit. */
export function traffic(flows: (resource: ValueObject) => readonly Flow[], words: TrafficWords): Comparison {
  return (before, after) => compareTraffic(before ? flows(before) : [], after ? flows(after) : [], words);
}
