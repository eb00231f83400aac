/** Stands for a value that is never shown, not even its length. */
export class Sensitive {
  /** @param changed - whether it is the later value of an attribute, and another than the earlier one */
  constructor(readonly changed: boolean) {}
}

/** Stands for a value that Terraform knows only after the apply. */
export class Unknown {}

/** A value of a plan, where nothing is left that must not be shown. */
export type Value = null | boolean | number | string | Sensitive | Unknown | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
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
  const [left, right] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]))
  );
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isObject(value: Value): value is ValueObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Sensitive) &&
    !(value instanceof Unknown)
  );
}

/** Returns a value that is an object, and one without members for any other. */
export function objectOf(value: Value = null): ValueObject {
  return isObject(value) ? value : {};
}

/** Returns a member that is the object's own, as `constructor` is not; null where there is none. */
export function member(of: ValueObject, name: string): Value {
  return (Object.hasOwn(of, name) ? of[name] : null) ?? null;
}
