import { deepestNesting } from "../../terraform/plan/embedded";
import { isList, isObject, Sensitive, Unknown, type Value, type ValueObject } from "../../terraform/plan/value";
import { parseYaml } from "../diff/parse-yaml";

/**
 * Merges the values of a Helm release as Helm does, later ones over earlier; numbers and switches become text, since templates write
 * `true` and `"true"` alike. Returns `Unknown` if one of them is unknown, or no YAML; `Sensitive` if a sensitive one changes.
 */
export function helmValues({ values = null, set = null, set_list = null }: ValueObject): Value {
  const documents = isList(values) ? values.map(readDocument) : [readDocument(values)];
  const hidden = documents.filter((document) => !isObject(document));
  if (hidden.length > 0) {
    return hidden.find((document) => document instanceof Sensitive && document.changed) ?? new Unknown();
  }
  const given = documents.reduce<Value>(merged, {});
  return [...itemsOf(set), ...itemsOf(set_list)].reduce((all: Value, one) => {
    const { name, value } = isObject(one) ? one : {};
    return typeof name === "string" ? merged(all, nested(name.split(/(?<!\\)\./, deepestNesting), value ?? null)) : all;
  }, given);
}

function readDocument(document: Value): Value {
  const content = typeof document === "string" ? parseYaml(document) : document;
  return content === undefined ? new Unknown() : asText(content ?? {});
}

function asText(value: Value): Value {
  if (isList(value)) {
    return value.map(asText);
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asText(member)]));
  }
  return typeof value === "boolean" || typeof value === "number" ? String(value) : value;
}

function merged(under: Value, over: Value): Value {
  if (!isObject(under) || !isObject(over)) {
    return over;
  }
  const members = Object.entries(over).map(([key, value]): [string, Value] => [
    key,
    Object.hasOwn(under, key) ? merged(under[key] ?? null, value) : value,
  ]);
  return { ...under, ...Object.fromEntries(members) };
}

function nested([first = "", ...rest]: readonly string[], value: Value): Value {
  return { [first.replaceAll("\\.", ".")]: rest.length === 0 ? value : nested(rest, value) };
}

function itemsOf(value: Value): readonly Value[] {
  return isList(value) ? value : [];
}
