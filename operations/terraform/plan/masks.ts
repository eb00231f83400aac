import { maskOfCopies, secretsOf } from "./secrets";
import { member, membersOf, Sensitive, type Sides, same, Unknown, type Value } from "./value";

const unknown = new Unknown();

/** What Terraform says of the parts of a value: `true` for all of it, or a tree in the value's own shape. */
type Mask = unknown;

/** The masks of one change, as a plan has them. */
export interface Masks {
  /** @default - nothing is sensitive */
  readonly beforeSensitive?: Mask;
  /** @default - nothing is sensitive */
  readonly afterSensitive?: Mask;
  /** @default - everything is known */
  readonly afterUnknown?: Mask;
}

/**
 * Returns both sides of a change with `Sensitive` in place of what either side's mask hides, and of copies of it that providers put
 * into other attributes without a mark; and with `Unknown` for what is known after the apply.
 *
 *     before { password: "hunter22", url: "db://u:hunter22@h" }, beforeSensitive { password: true }
 *     after  { password: "hunter22", url: "db://h", id: … },     afterUnknown { id: true }
 *
 * becomes `{ password: Sensitive, url: Sensitive }` and `{ password: Sensitive, url: Sensitive (changed), id: Unknown }`: the mask of
 * the earlier side holds for the later one too, or a secret that is no longer marked would be shown.
 */
export function redacted(before: unknown, after: unknown, masks: Masks): Sides {
  if (![masks.beforeSensitive, masks.afterSensitive].some(hidesAnything)) {
    return masked(before, after, masks);
  }
  const eitherMask = union(masks.beforeSensitive, masks.afterSensitive);
  const secrets = secretsOf([before, after], [eitherMask, eitherMask]);
  if (secrets === undefined) {
    return masked(before, after, masks);
  }
  return masked(before, after, {
    beforeSensitive: union(masks.beforeSensitive, maskOfCopies(secrets, before)),
    afterSensitive: union(masks.afterSensitive, maskOfCopies(secrets, after)),
    afterUnknown: masks.afterUnknown,
  });
}

function masked(before: unknown, after: unknown, masks: Masks): Sides {
  const { beforeSensitive, afterSensitive, afterUnknown } = masks;
  if (beforeSensitive === true || afterSensitive === true) {
    const changed = hidesAnything(afterUnknown) || !same(before, after);
    return {
      before: isAbsent(before) ? null : new Sensitive(false),
      after: isAbsent(after) && afterUnknown !== true ? null : new Sensitive(changed),
    };
  }
  if (![beforeSensitive, afterSensitive, afterUnknown].some(hidesAnything)) {
    return { before: (before ?? null) as Value, after: (after ?? null) as Value };
  }
  if (afterUnknown === true) {
    return { before: masked(before, before, { beforeSensitive, afterSensitive }).before, after: unknown };
  }
  return maskedMembers(before, after, masks);
}

function maskedMembers(before: unknown, after: unknown, masks: Masks): Sides {
  const [was, is] = [membersOf(before), membersOf(after)];
  const unknownMask = membersOf(masks.afterUnknown);
  const sensitive = sensitiveMasks(before, after, masks);
  const coming = Object.keys(unknownMask).filter((key) => unknownMask[key] === true);
  const keys = new Set([...Object.keys(was), ...Object.keys(is), ...coming]);
  const members = [...keys].map((key) => {
    const memberMasks = {
      beforeSensitive: sensitive.before(key),
      afterSensitive: sensitive.after(key),
      afterUnknown: member(unknownMask, key),
    };
    return { key, ...masked(member(was, key), member(is, key), memberMasks) };
  });
  const membersBefore = members.filter(({ key }) => Object.hasOwn(was, key));
  const membersAfter = members.filter(({ key }) => Object.hasOwn(is, key) || unknownMask[key] === true);
  return {
    before: inShapeOf(
      before,
      membersBefore.map((one) => [one.key, one.before]),
    ),
    after: inShapeOf(
      after,
      membersAfter.map((one) => [one.key, one.after]),
    ),
  };
}

/** Returns whether a mask hides any part of a value. */
export function hidesAnything(mask: Mask): boolean {
  return mask === true || Object.values(membersOf(mask)).some(hidesAnything);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Returns the masks of a value's members. In a list that changes, what hides one item hides all: a secret may have moved. */
function sensitiveMasks(before: unknown, after: unknown, { beforeSensitive, afterSensitive }: Masks) {
  const masks = [membersOf(beforeSensitive), membersOf(afterSensitive)] as const;
  if ((Array.isArray(before) || Array.isArray(after)) && !same(before, after)) {
    const all = masks.flatMap((mask) => Object.values(mask)).reduce(union, undefined);
    return { before: () => all, after: () => all };
  }
  return { before: (key: string) => member(masks[0], key), after: (key: string) => member(masks[1], key) };
}

function union(one: Mask, other: Mask): Mask {
  if (one === true || other === true) {
    return true;
  }
  const [left, right] = [membersOf(one), membersOf(other)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, union(member(left, key), member(right, key))]));
}

function inShapeOf(original: unknown, members: [string, Value][]): Value {
  if (Array.isArray(original)) {
    return members.map(([, value]) => value);
  }
  return (typeof original === "object" && original !== null) || members.length > 0
    ? Object.fromEntries(members)
    : ((original ?? null) as Value);
}
