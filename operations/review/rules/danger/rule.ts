import type { Action, ResourceChange } from "../../../terraform/plan/plan";
import { isList, Sensitive, same, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";
import type { Severity } from "../../report/report";

/** One thing to know before approving. Adding a rule is adding a row to a table, and to its test a pair of changes. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** Types of resources. */
  readonly types: readonly string[];
  /** What the plan does to it. */
  readonly actions: readonly Action[];
  /** Which resources of these types; as they are before, or, if they are new, after.
   * @default - all */
  readonly where?: (resource: ValueObject) => boolean;
  /** Attributes of which one changes: `vpc_config.0.endpoint_public_access`, `*` for every item that stays or comes;
   * `values.` for what all of Helm's values come to, `objects.KIND.` and `declared` for what Flux reads in a file.
   * @default - none: the action is enough */
  readonly attributes?: readonly string[];
  /** Which changes of an attribute matter.
   * @default - those to another value, or to one that is not known yet; null and empty are the same */
  readonly matters?: (before: Value, after: Value) => boolean;
  /** What it happens to. */
  readonly subject: string;
  /** What happens to it.
   * @default - "is replaced" or "is destroyed" */
  readonly predicate?: string;
  /** What happens to what runs. */
  readonly workloads: string;
}

/** Actions after which what was there is not there any more. */
export const gone: readonly Action[] = ["replace", "delete"];
/** Actions that change an attribute. */
export const changed: readonly Action[] = ["update", "replace"];

/** Whether a switch that was on is off. */
export function switchedOff(before: Value, after: Value): boolean {
  return isOn(before) && isOff(after);
}

/** Whether a switch that was off is on. */
export function switchedOn(before: Value, after: Value): boolean {
  return isOff(before) && isOn(after);
}

/** Whether something was named that is not any more. */
export function removed(before: Value, after: Value): boolean {
  return !isNothing(before) && isNothing(after);
}

/** Whether an item of a list is not in it any more. */
export function shortened(before: Value, after: Value): boolean {
  const [had = [], has = []] = [before, after].map((value) => (isList(value) ? value : []));
  return [after, ...had, ...has].every(isKnown) && had.some((item) => !has.includes(item));
}

/** Whether one of two values says something. */
export function meansOther(before: Value, after: Value): boolean {
  return !isNothing(before) || !isNothing(after);
}

/** Whether two values differ. */
export function differ(before: Value, after: Value): boolean {
  return !same(before, after);
}

/** What a rule says of a change. */
export function sentence({ subject, predicate }: Rule, { action, createBeforeDestroy }: ResourceChange): string {
  if (predicate !== undefined) {
    return `${subject} ${predicate}`;
  }
  const replaced = createBeforeDestroy ? "is replaced, its successor first" : "is replaced";
  return `${subject} ${action === "replace" ? replaced : "is destroyed"}`;
}

/** The minor version of Kubernetes or Cilium, of which each is tested with the next alone. */
export function minor(version: Value): number {
  return Number(/^v?1\.(\d+)/.exec(String(version))?.[1]);
}

/** Whether a value is there to be looked at. */
export function isKnown(value: Value): boolean {
  return !(value instanceof Unknown || value instanceof Sensitive);
}

/** Launch templates have their switches as text. */
function isOn(value: Value): boolean {
  return value === true || value === "true";
}

function isOff(value: Value): boolean {
  return value === false || value === "false" || isNothing(value);
}

function isNothing(value: Value): boolean {
  return value === null || value === "" || (isList(value) && value.length === 0);
}
