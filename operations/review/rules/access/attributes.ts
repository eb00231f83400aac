import { isList, isObject, Sensitive, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";

/** The blocks of an attribute: objects in a list, or one that stands alone. */
export function blocks(attribute: Value = null): readonly ValueObject[] {
  return (isList(attribute) ? attribute : [attribute]).filter(isObject);
}

/** The first block of an attribute, or one without attributes. */
export function block(attribute: Value | undefined): ValueObject {
  return blocks(attribute)[0] ?? {};
}

/** The texts of an attribute: those in a list, or one that stands alone and is not empty. */
export function texts(attribute: Value = null): readonly string[] {
  return attribute === "" ? [] : (isList(attribute) ? attribute : [attribute]).flatMap(textOf);
}

/** The text of an attribute that has one. */
export function text(attribute: Value | undefined): string {
  return texts(attribute)[0] ?? "(none)";
}

function textOf(value: Value): string | readonly string[] {
  if (value instanceof Unknown) {
    return "(known after apply)";
  }
  if (value instanceof Sensitive) {
    // Not the text of what was there, or the change would go unsaid.
    return value.changed ? "(sensitive, and changed)" : "(sensitive)";
  }
  return value === null || typeof value === "object" ? [] : String(value);
}
