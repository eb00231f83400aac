import { copies, secretsOf } from "./secrets";

/** A value that is never shown, not even its length: only, of the later one, whether it is another. */
export class Sensitive {
  constructor(readonly changed: boolean) {}
}

/** A value that Terraform knows after the apply alone. */
export class Unknown {}

const unknown = new Unknown();

/** A value of a plan, without what must not be shown. */
export type Value = null | boolean | number | string | Sensitive | Unknown | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

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
 * A value before and after, with what is sensitive on either side taken out of both, and its copies too: else what stops being so, or
 * what a provider repeats in another attribute without a word, would be shown as it was.
 */
export function shown(before: unknown, after: unknown, masks: Masks): { before: Value; after: Value } {
  if (![masks.beforeSensitive, masks.afterSensitive].some(holdsTrue)) {
    return masked(before, after, masks);
  }
  const eitherMask = union(masks.beforeSensitive, masks.afterSensitive);
  const secrets = secretsOf([before, after], [eitherMask, eitherMask]);
  if (secrets === undefined) {
    return masked(before, after, masks);
  }
  return masked(before, after, {
    beforeSensitive: union(masks.beforeSensitive, copies(secrets, before)),
    afterSensitive: union(masks.afterSensitive, copies(secrets, after)),
    afterUnknown: masks.afterUnknown,
  });
}

function masked(before: unknown, after: unknown, masks: Masks): { before: Value; after: Value } {
  const { beforeSensitive, afterSensitive, afterUnknown } = masks;
  if (beforeSensitive === true || afterSensitive === true) {
    const changed = holdsTrue(afterUnknown) || !same(before, after);
    return {
      before: isNothing(before) ? null : new Sensitive(false),
      after: isNothing(after) && afterUnknown !== true ? null : new Sensitive(changed),
    };
  }
  if (![beforeSensitive, afterSensitive, afterUnknown].some(holdsTrue)) {
    return { before: (before ?? null) as Value, after: (after ?? null) as Value };
  }
  if (afterUnknown === true) {
    return { before: masked(before, before, { beforeSensitive, afterSensitive }).before, after: unknown };
  }
  const parts = { before: members(before), after: members(after), unknown: members(afterUnknown) };
  const sensitive = hiddenMembers(before, after, masks);
  const coming = Object.keys(parts.unknown).filter((key) => parts.unknown[key] === true);
  const keys = new Set([...Object.keys(parts.before), ...Object.keys(parts.after), ...coming]);
  const pairs = [...keys].map((key) => {
    const membersMasks = {
      beforeSensitive: sensitive.before(key),
      afterSensitive: sensitive.after(key),
      afterUnknown: member(parts.unknown, key),
    };
    return { key, ...masked(member(parts.before, key), member(parts.after, key), membersMasks) };
  });
  return {
    before: assembled(
      before,
      pairs.filter(({ key }) => Object.hasOwn(parts.before, key)).map((pair) => [pair.key, pair.before]),
    ),
    after: assembled(
      after,
      pairs
        .filter(({ key }) => Object.hasOwn(parts.after, key) || parts.unknown[key] === true)
        .map((pair) => [pair.key, pair.after]),
    ),
  };
}

function holdsTrue(mask: Mask): boolean {
  return typeof mask === "object" && mask !== null ? Object.values(mask).some(holdsTrue) : mask === true;
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Whether two values are the same, whatever the order of their keys. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) {
    return true;
  }
  if (
    typeof one !== "object" ||
    typeof other !== "object" ||
    one === null ||
    other === null ||
    Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)
  ) {
    return false;
  }
  const [left, right] = [members(one), members(other)];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
  );
}

/** The masks of a value's members. In a list that changes, what one element hides all hide: a secret may have moved. */
function hiddenMembers(before: unknown, after: unknown, { beforeSensitive, afterSensitive }: Masks) {
  const masks = [members(beforeSensitive), members(afterSensitive)] as const;
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
  const [left, right] = [members(one), members(other)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, union(member(left, key), member(right, key))]));
}

function members(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function member(of: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(of, key) ? of[key] : undefined;
}

function assembled(original: unknown, parts: [string, Value][]): Value {
  if (Array.isArray(original)) {
    return parts.map(([, value]) => value);
  }
  return (typeof original === "object" && original !== null) || parts.length > 0
    ? Object.fromEntries(parts)
    : ((original ?? null) as Value);
}
