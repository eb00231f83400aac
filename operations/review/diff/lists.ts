import { diffArrays } from "diff";
import { isObject, same, type Value } from "../../terraform/plan/value";

/** Where comparing would take long, a list is replaced as a whole. */
const effort = 500;

/** A place where two lists differ, and what follows. */
export interface Run<Item> {
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
  /** What stays after them. */
  readonly kept: readonly Item[];
}

/** The places where two lists differ, in order. */
export function diffLists<Item extends Value>(before: readonly Item[], after: readonly Item[]): Run<Item>[] {
  const [one, other] = [before[0], after[0]];
  if (before.length === 1 && after.length === 1 && !same(one, other)) {
    return [{ removed: before, added: after, kept: [] }];
  }
  const parts = diffArrays([...before], [...after], { comparator: same, maxEditLength: effort });
  if (parts === undefined) {
    return [{ removed: before, added: after, kept: [] }];
  }
  const runs: Run<Item>[] = [{ removed: [], added: [], kept: [] }];
  for (const { removed, added, value } of parts) {
    const last = runs.at(-1);
    if (last === undefined || ((removed || added) && last.kept.length > 0)) {
      runs.push({ removed: removed ? value : [], added: added ? value : [], kept: [] });
    } else {
      const place = removed ? "removed" : added ? "added" : "kept";
      runs[runs.length - 1] = { ...last, [place]: [...last[place], ...value] };
    }
  }
  return runs;
}

/** Items of a list that took others' places, in order: those that are alike change, of the rest one goes and one comes. */
export function paired(removed: readonly Value[], added: readonly Value[]): [Value | undefined, Value | undefined][] {
  let next = 0;
  const comes = (is: Value): [undefined, Value] => [undefined, is];
  // Where one takes the place of one, as blocks do of which there is one at most, less in common will do.
  const least = removed.length === 1 && added.length === 1 ? 0 : 0.5;
  const pairs = removed.flatMap((was): [Value | undefined, Value | undefined][] => {
    const partner = added.findIndex((is, index) => index >= next && alike(was, is, least));
    if (partner < 0) {
      return [[was, undefined]];
    }
    const before = added.slice(next, partner).map(comes);
    next = partner + 1;
    return [...before, [was, added[partner]]];
  });
  return [...pairs, ...added.slice(next).map(comes)];
}

/** Whether two objects have a name, or at least a part of their members, in common. */
function alike(one: Value, other: Value, least: number): boolean {
  if (!isObject(one) || !isObject(other)) {
    return false;
  }
  const common = Object.keys(one).filter((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
  const most = Math.max(Object.keys(one).length, Object.keys(other).length);
  return (
    common.length > 0 && (common.length >= least * most || common.some((key) => /^(?:name|key|id|sid)$/i.test(key)))
  );
}
