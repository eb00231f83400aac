import { copies, secretsOf } from "./secrets";
import { Sensitive, same, Unknown, type Value } from "./value";

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
      before: isAbsent(before) ? null : new Sensitive(false),
      after: isAbsent(after) && afterUnknown !== true ? null : new Sensitive(changed),
    };
  }
  if (![beforeSensitive, afterSensitive, afterUnknown].some(holdsTrue)) {
    return { before: (before ?? null) as Value, after: (after ?? null) as Value };
  }
  if (afterUnknown === true) {
    return { before: masked(before, before, { beforeSensitive, afterSensitive }).before, after: unknown };
  }
  const parts = { before: partsOf(before), after: partsOf(after), unknown: partsOf(afterUnknown) };
  const sensitive = hiddenMembers(before, after, masks);
  const coming = Object.keys(parts.unknown).filter((key) => parts.unknown[key] === true);
  const keys = new Set([...Object.keys(parts.before), ...Object.keys(parts.after), ...coming]);
  const pairs = [...keys].map((key) => {
    const membersMasks = {
      beforeSensitive: sensitive.before(key),
      afterSensitive: sensitive.after(key),
      afterUnknown: part(parts.unknown, key),
    };
    return { key, ...masked(part(parts.before, key), part(parts.after, key), membersMasks) };
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

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

/** The masks of a value's members. In a list that changes, what one element hides all hide: a secret may have moved. */
function hiddenMembers(before: unknown, after: unknown, { beforeSensitive, afterSensitive }: Masks) {
  const masks = [partsOf(beforeSensitive), partsOf(afterSensitive)] as const;
  if ((Array.isArray(before) || Array.isArray(after)) && !same(before, after)) {
    const all = masks.flatMap((mask) => Object.values(mask)).reduce(union, undefined);
    return { before: () => all, after: () => all };
  }
  return { before: (key: string) => part(masks[0], key), after: (key: string) => part(masks[1], key) };
}

function union(one: Mask, other: Mask): Mask {
  if (one === true || other === true) {
    return true;
  }
  const [left, right] = [partsOf(one), partsOf(other)];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...keys].map((key) => [key, union(part(left, key), part(right, key))]));
}

function partsOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function part(of: Record<string, unknown>, key: string): unknown {
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
