/** A value that is never shown, not even its length: only, of the later one, whether it is another. */
export class Sensitive {
  constructor(readonly changed: boolean) {}
}

/** A value that Terraform knows after the apply alone. */
export class Unknown {}

/** A value of a plan, without what must not be shown. */
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

/** The object that a value is, or one without members. */
export function objectOf(value: Value = null): ValueObject {
  return isObject(value) ? value : {};
}

/** A member of an object's own; null where there is none. */
export function member(of: ValueObject, name: string): Value {
  return (Object.hasOwn(of, name) ? of[name] : null) ?? null;
}
