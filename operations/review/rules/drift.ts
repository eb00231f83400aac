import type { Path, Plan, ResourceChange } from "../../terraform/plan/plan";
import { isList, isNullOrEmpty, isObject, member, same, type Value } from "../../terraform/plan/value";
import { readableChange } from "../diff/change";
import type { Drift, Finding } from "../report/report";
import { withoutMirroredAttributes } from "./mirrored-attributes";

/** The drift that matters, and the addresses of that which does not. */
export interface DriftFound {
  readonly drift: readonly (Omit<Drift, "unsafe"> & { readonly unsafe: Finding | undefined })[];
  readonly harmless: readonly string[];
}

/**
 * Tells drift that matters from drift that does not: it is unsafe, or this plan changes it back or depends on it.
 * @param judge - returns what rules find in a change, the gravest first
 */
export function driftOf(plan: Plan, judge: (change: ResourceChange) => readonly Finding[]): DriftFound {
  const current = plan.changes.filter(({ deposed }) => deposed === undefined);
  const planned = new Map(current.map((change) => [change.address, change]));
  const happened = plan.drift.filter(({ action }) => action !== "no-op");
  const judged = happened.map((change) => {
    const { allNoise, change: readable } = readableChange(change);
    const { address, action, parts, summary } = readable;
    if (allNoise) {
      return { address, found: undefined };
    }
    const [finding] = judge(withoutMirroredAttributes(plan, change));
    const coming = planned.get(address);
    const undone = coming !== undefined && (coming.action === "create" || touches(coming, change));
    const why = driftReason(plan, change, undone, finding?.what);
    const found = why && { stack: plan.stack, address, action, parts, unsafe: undone ? undefined : finding };
    return { address, found: found && { ...found, why: [why, summary ?? []].flat().join("; ") } };
  });
  return {
    drift: judged.flatMap(({ found }) => found || []),
    harmless: judged.filter(({ found }) => !found).map(({ address }) => address),
  };
}

function driftReason({ relevant }: Plan, change: ResourceChange, undone: boolean, sentence: string | undefined) {
  const back = change.action === "delete" ? "this plan makes it again" : "this plan changes it back, or further";
  if (sentence !== undefined) {
    return `${sentence}; ${undone ? back : "this plan leaves it so"}`;
  }
  if (undone) {
    return change.action === "delete" ? `it was deleted; ${back}` : back;
  }
  const read = relevant.some(({ address, path }) => isInstanceOf(change.address, address) && changesAt(change, path));
  return read ? "this plan depends on it" : undefined;
}

/** Returns whether the plan changes what has drifted. */
function touches(planned: ResourceChange, change: ResourceChange): boolean {
  const happened = changedPaths(change.before, change.after, "/");
  const coming = changedPaths(planned.before, planned.after, "/");
  return (
    planned.action !== "delete" &&
    coming.some((one) => happened.some((other) => one.startsWith(other) || other.startsWith(one)))
  );
}

/** Returns the paths, such as `/tags/team/`, at which two values differ; null and empty are the same. */
function changedPaths(before: Value, after: Value, path: string): string[] {
  if (same(before, after) || (isNullOrEmpty(before) && isNullOrEmpty(after))) {
    return [];
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changedPaths(member(before, name), member(after, name), `${path}${name}/`));
  }
  // A block of which there is one at most is a list of one item.
  return isList(before) && isList(after) && before.length === 1 && after.length === 1
    ? changedPaths(before[0] ?? null, after[0] ?? null, path)
    : [path];
}

/** Returns whether an address is that of a resource, or of one of its instances. */
function isInstanceOf(address: string, resource: string): boolean {
  return address === resource || address.startsWith(`${resource}[`);
}

function changesAt({ before, after }: ResourceChange, path: Path): boolean {
  return !same(valueAt(before, path), valueAt(after, path));
}

function valueAt(value: Value, path: Path): Value {
  return path.reduce<Value>((parent, step) => member(parent, step), value);
}
