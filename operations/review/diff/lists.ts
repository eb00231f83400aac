import { diffArrays } from "diff";
import { isObject, same, type Value } from "../../terraform/plan/value";

/** Edits. A list that needs more is replaced as a whole, since to compare it would take long. */
const mostEdits = 500;

/** Items of one list that are compared with those of another. */
const mostComparisons = 1_000_000;

/** A place where two lists differ, and the items that follow in both. */
export interface Hunk<Item> {
  readonly removed: readonly Item[];
  readonly added: readonly Item[];
  readonly kept: readonly Item[];
}

/** Returns the places where two lists differ, in order; the first may have kept items alone. */
export function diffLists<Item extends Value>(before: readonly Item[], after: readonly Item[]): Hunk<Item>[] {
  const replaced = [{ removed: before, added: after, kept: [] }];
  if (before.length === 1 && after.length === 1 && !same(before[0], after[0])) {
    return replaced;
  }
  const edits = diffArrays([...before], [...after], { comparator: same, maxEditLength: mostEdits });
  if (edits === undefined) {
    return replaced;
  }
  const none: Hunk<Item> = { removed: [], added: [], kept: [] };
  const hunks = [none];
  for (const { removed, added, value } of edits) {
    const kind = editKind(removed, added);
    const last = hunks.at(-1) ?? none;
    if (kind !== "kept" && last.kept.length > 0) {
      hunks.push({ ...none, [kind]: value });
    } else {
      hunks[hunks.length - 1] = { ...last, [kind]: [...last[kind], ...value] };
    }
  }
  return hunks;
}

function editKind(removed: boolean, added: boolean): keyof Hunk<Value> {
  if (removed) {
    return "removed";
  }
  return added ? "added" : "kept";
}

type ItemPair = readonly [before: Value | undefined, after: Value | undefined];

/**
 * Returns the items of a hunk by what became of each: pairs of those that are alike, and halves of pairs for those that go or come.
 *
 *     removed [{ name: "a", size: 1 }, { name: "b", size: 1 }],  added [{ name: "c", size: 9 }, { name: "b", size: 2 }]
 *
 * gives `[a, undefined]`, `[undefined, c]`, `[b of size 1, b of size 2]`. Both lists keep their order.
 */
export function itemPairs(removed: readonly Value[], added: readonly Value[]): ItemPair[] {
  // Where one item takes the place of one, as in blocks of which there is one at most, one member in common will do.
  const leastInCommon = removed.length === 1 && added.length === 1 ? 0 : 0.5;
  const comes = (item: Value): ItemPair => [undefined, item];
  // Each is looked for among all, unless these are so many that to compare them all would take long.
  const nearest = Math.ceil(mostComparisons / Math.max(removed.length, 1));
  let next = 0;
  const pairs = removed.flatMap((item): ItemPair[] => {
    const found = added.slice(next, next + nearest).findIndex((other) => areAlike(item, other, leastInCommon));
    if (found < 0) {
      return [[item, undefined]];
    }
    const partner = next + found;
    const before = added.slice(next, partner).map(comes);
    next = partner + 1;
    return [...before, [item, added[partner]]];
  });
  return [...pairs, ...added.slice(next).map(comes)];
}

/** Returns whether two objects have a name in common, or that share of their members (0 to 1), and one at least. */
function areAlike(one: Value, other: Value, leastInCommon: number): boolean {
  if (!isObject(one) || !isObject(other)) {
    return false;
  }
  const common = Object.keys(one).filter((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
  const most = Math.max(Object.keys(one).length, Object.keys(other).length);
  return (
    common.length > 0 &&
    (common.length >= leastInCommon * most || common.some((key) => /^(?:name|key|id|sid)$/i.test(key)))
  );
}
