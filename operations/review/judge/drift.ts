import { changedMembers, readableChange } from "../changes/change";
import type { Path, Plan, ResourceChange } from "../plan/plan";
import { same, type Value } from "../plan/values";
import type { Drift } from "../report";
import { withoutOwnDoing } from "./own-doing";

/** What happened outside of Terraform and matters, and the addresses where it does not. */
export interface DriftFound {
  readonly drift: readonly Drift[];
  readonly harmless: readonly string[];
}

/** @param unsafe - what would be said of a change that a plan made */
export function driftOf(plan: Plan, unsafe: (change: ResourceChange) => readonly string[]): DriftFound {
  const current = plan.changes.filter(({ deposed }) => deposed === undefined);
  const planned = new Map(current.map((change) => [change.address, change]));
  const happened = plan.drift.filter(({ action }) => action !== "no-op");
  const judged = happened.map((change) => {
    const { allNoise, change: readable } = readableChange(change);
    const [sentence] = allNoise ? [] : unsafe(withoutOwnDoing(plan, change));
    return { readable, why: allNoise ? undefined : why(plan, planned.get(change.address), change, sentence) };
  });
  return {
    drift: judged.flatMap(({ readable: { address, action, parts }, why: reason }) =>
      reason === undefined ? [] : [{ stack: plan.stack, address, action, why: reason, parts }],
    ),
    harmless: judged.filter(({ why: reason }) => reason === undefined).map(({ readable }) => readable.address),
  };
}

function why(
  { relevant }: Plan,
  planned: ResourceChange | undefined,
  change: ResourceChange,
  sentence: string | undefined,
) {
  const undone = planned !== undefined && (planned.action === "create" || touches(planned, change));
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
  const [coming, happened] = [planned, change].map(({ before, after }) => changedMembers(before, after));
  return planned.action !== "delete" && coming?.some(({ name }) => happened?.some((one) => one.name === name)) === true;
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
