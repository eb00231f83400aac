import { Sensitive, Unknown, type Value, type ValueObject } from "./values";

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
