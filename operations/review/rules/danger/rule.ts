import type { Action, ResourceChange } from "../../../terraform/plan/plan";
import { isList, isNullOrEmpty, Sensitive, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";
import type { Severity } from "../../report/report";

/** One thing to know before approving. To add a rule is to add a row to a table, and to its test a change that triggers it and a near miss. */
export interface DangerRule {
  readonly id: string;
  readonly severity: Severity;
  /** Types of resources, kinds of Kubernetes objects among them, in whatever holds these; `*` for any type. */
  readonly types: readonly string[];
  /** Actions of a plan that it is about. */
  readonly actions: readonly Action[];
  /** Which changes of these types it is about, where attributes do not say it.
   * @default - all */
  readonly when?: (change: ResourceChange) => boolean;
  /** Which resources of these types it is about, by what they are before the change, or after it if they are new.
   * @default - all */
  readonly where?: (resource: ValueObject) => boolean;
  /** Whether it is about what is gone only once its successor is there, or only about all else.
   * @default - both */
  readonly successorFirst?: boolean;
  /** Attributes of which one changes: `vpc_config.0.endpoint_public_access`, with `*` for every item that stays or comes, and
   * `aws_vpc/` before those of one type;
   * `values.` for Helm's values merged, `host` for where a chart comes from, `declared` for what Flux reads in a file.
   * @default - none: the action is enough */
  readonly attributes?: readonly string[];
  /** Which changes of an attribute to another value, or to one that is not known yet, matter.
   * @default - all but those between null and empty */
  readonly matters?: (before: Value, after: Value) => boolean;
  /** The beginning of the sentence that a report says: `a node group's nodes`. */
  readonly subject: string;
  /** The end of that sentence.
   * @default - "is replaced" or "is destroyed" */
  readonly predicate?: string;
  /** What happens to workloads, in a sentence of its own. */
  readonly workloads: string;
}

/** Actions that destroy what was there. */
export const destroying: readonly Action[] = ["replace", "delete"];
/** Actions that change an attribute. */
export const changing: readonly Action[] = ["update", "replace"];

/** Returns whether a switch goes off. */
export function switchedOff(before: Value, after: Value): boolean {
  return isOn(before) && isOff(after);
}

/** Returns whether a switch goes on. */
export function switchedOn(before: Value, after: Value): boolean {
  return isOff(before) && isOn(after);
}

/** Returns whether an attribute loses its value. */
export function becomesUnset(before: Value, after: Value): boolean {
  return !isNullOrEmpty(before) && isNullOrEmpty(after);
}

/** Returns whether a list loses an item; not if anything in it is hidden or not known yet. */
export function losesItem(before: Value, after: Value): boolean {
  const [had = [], has = []] = [before, after].map((value) => (isList(value) ? value : []));
  return [after, ...had, ...has].every(isKnown) && had.some((item) => !has.includes(item));
}

/** Holds for every change, that between null and empty too. */
export function isAnyChange(): boolean {
  return true;
}

/** Returns whether an attribute has a value on either side. */
export function isEverSet(before: Value, after: Value): boolean {
  return !isNullOrEmpty(before) || !isNullOrEmpty(after);
}

/** Returns the sentence that a rule says of a change. */
export function ruleSentence(
  { subject, predicate }: DangerRule,
  { action, createBeforeDestroy }: ResourceChange,
): string {
  if (predicate !== undefined) {
    return `${subject} ${predicate}`;
  }
  const replaced = createBeforeDestroy ? "is replaced, its successor first" : "is replaced";
  return `${subject} ${action === "replace" ? replaced : "is destroyed"}`;
}

/** Returns the minor version of Kubernetes or Cilium, which are tested from one minor to the next alone; NaN for other text. */
export function minor(version: Value): number {
  return Number(/^v?1\.(\d+)/.exec(String(version))?.[1]);
}

/** Returns whether a value is neither hidden nor unknown until the apply. */
export function isKnown(value: Value): boolean {
  return !(value instanceof Unknown || value instanceof Sensitive);
}

/** Launch templates have `true` and `false` as text. */
function isOn(value: Value): boolean {
  return value === true || value === "true";
}

function isOff(value: Value): boolean {
  return value === false || value === "false" || isNullOrEmpty(value);
}
