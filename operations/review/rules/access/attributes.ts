import { isList, isObject, Sensitive, Unknown, type Value, type ValueObject } from "../../../terraform/plan/value";

/** Returns the nested blocks of an attribute, which are objects in a list, or one that stands alone. */
export function nestedBlocks(attribute: Value = null): readonly ValueObject[] {
  return (isList(attribute) ? attribute : [attribute]).filter((block) => isObject(block));
}

/** Returns the first nested block of an attribute, or an empty one. */
export function nestedBlock(attribute: Value | undefined): ValueObject {
  return nestedBlocks(attribute)[0] ?? {};
}

/** Returns the texts of an attribute: those in a list, or one that stands alone and is not empty. */
export function attributeTexts(attribute: Value = null): readonly string[] {
  return attribute === "" ? [] : (isList(attribute) ? attribute : [attribute]).flatMap(scalarText);
}

/** Returns the first text of an attribute, and `(none)` if there is none. */
export function attributeText(attribute: Value | undefined): string {
  return attributeTexts(attribute)[0] ?? "(none)";
}

function scalarText(value: Value): string | readonly string[] {
  if (value instanceof Unknown) {
    return "(known after apply)";
  }
  if (value instanceof Sensitive) {
    // With one text for both, a change would go unsaid.
    return value.changed ? "(sensitive, and changed)" : "(sensitive)";
  }
  return value === null || typeof value === "object" ? [] : String(value);
}
