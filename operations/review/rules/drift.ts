import type { Path, Plan, ResourceChange } from "../../terraform/plan/plan";
import { isList, isObject, same, type Value } from "../../terraform/plan/value";
import { readableChange } from "../diff/change";
import { isNullOrEmpty } from "../diff/noise";
import type { Drift, Finding } from "../report/report";
import { withoutOwnDoing } from "./mirrored-attributes";

/** What happened outside of Terraform and matters, and the addresses where it does not. */
export interface DriftFound {
  readonly drift: readonly (Omit<Drift, "unsafe"> & { readonly unsafe: Finding | undefined })[];
  readonly harmless: readonly string[];
}

/** @param judge - what is found of a change that a plan makes, the gravest first */
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
    const [finding] = judge(withoutOwnDoing(plan, change));
    const coming = planned.get(address);
    const undone = coming !== undefined && (coming.action === "create" || touches(coming, change));
    const why = reason(plan, change, undone, finding?.what);
    const found = why && { stack: plan.stack, address, action, parts, unsafe: undone ? undefined : finding };
    return { address, found: found && { ...found, why: [why, summary ?? []].flat().join("; ") } };
  });
  return {
    drift: judged.flatMap(({ found }) => found || []),
    harmless: judged.filter(({ found }) => !found).map(({ address }) => address),
  };
}

function reason({ relevant }: Plan, change: ResourceChange, undone: boolean, sentence: string | undefined) {
  const back = change.action === "delete" ? "this plan makes it again" : "this plan changes it back, or further";
  if (sentence !== undefined) {
    return `${sentence}; ${undone ? back : "this plan leaves it so"}`;
  }
  if (undone) {
    return change.action === "delete" ? `it was deleted; ${back}` : back;
  }
  const read = relevant.some(({ address, path }) => concerns(address, change.address) && changes(change, path));
  return read ? "this plan depends on it" : undefined;
}

/** Whether what changed is what the plan changes. */
function touches(planned: ResourceChange, change: ResourceChange): boolean {
  const happened = changedPlaces(change.before, change.after, "/");
  const coming = changedPlaces(planned.before, planned.after, "/");
  return (
    planned.action !== "delete" &&
    coming.some((one) => happened.some((other) => one.startsWith(other) || other.startsWith(one)))
  );
}

/** The places below which two values differ; null and empty do not. */
function changedPlaces(before: Value, after: Value, place: string): string[] {
  if (same(before, after) || (isNullOrEmpty(before) && isNullOrEmpty(after))) {
    return [];
  }
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => changedPlaces(at(before, [name]), at(after, [name]), `${place}${name}/`));
  }
  // Blocks of which there is one at most.
  return isList(before) && isList(after) && before.length === 1 && after.length === 1
    ? changedPlaces(before[0] ?? null, after[0] ?? null, place)
    : [place];
}

/** Terraform names an instance, or a resource for all of its instances. */
function concerns(relevant: string, address: string): boolean {
  return address === relevant || address.startsWith(`${relevant}[`);
}

function changes({ before, after }: ResourceChange, path: Path): boolean {
  return !same(at(before, path), at(after, path));
}

function at(value: Value, path: Path): Value {
  return path.reduce<Value>((parent, step) => {
    const members = typeof parent === "object" && parent !== null ? (parent as Record<string | number, Value>) : {};
    return (Object.hasOwn(members, step) ? members[step] : null) ?? null;
  }, value);
}
