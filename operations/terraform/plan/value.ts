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

/** A value before a change and after it; null on the side where it is not there. */
export interface Sides {
  readonly before: Value;
  readonly after: Value;
}

/** JSON of Terraform's, before anything is taken out of it that must not be shown. */
export type Json = Readonly<Record<string, unknown>>;

/** Returns whether two values are the same, whatever the order of their keys. */
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

export function isObject(value: Value): value is ValueObject;
export function isObject(value: unknown): value is Json;
export function isObject(value: unknown): boolean {
  return hasMembers(value) && !Array.isArray(value);
}

/** Returns a value that is an object, and one without members for any other. */
export function objectOf(value: Value | undefined): ValueObject;
export function objectOf(value: unknown): Json;
export function objectOf(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** Returns the members of an object, or the items of a list by their indexes; none for any other value. */
export function membersOf(value: Value): ValueObject;
export function membersOf(value: unknown): Json;
export function membersOf(value: unknown): Json {
  return hasMembers(value) ? value : {};
}

/** Returns a member that is the object's own, as `constructor` is not, or an item of a list; null where there is none. */
export function member(of: Value, name: string | number): Value;
export function member(of: unknown, name: string | number): unknown;
export function member(of: unknown, name: string | number): unknown {
  const members = membersOf(of);
  return (Object.hasOwn(members, name) ? members[name] : null) ?? null;
}

/** Returns whether a value is null or empty, by which Terraform says the same of most attributes. */
export function isNullOrEmpty(value: Value): boolean {
  return value === null || value === "" || (hasMembers(value) && Object.keys(value).length === 0);
}

/** Returns whether a value is a list or an object. */
function hasMembers(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !(value instanceof Sensitive) && !(value instanceof Unknown);
}
