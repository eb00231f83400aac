import { embeddedJson } from "../../terraform/plan/embedded";
import { isList, isObject, same, type Value } from "../../terraform/plan/value";

/** Names of AWS's attributes whose lists have no order. */
const unorderedLists = /(?:_ids|_arns|_cidrs|cidr_blocks|_groups|subnets|_zones)$/;

/**
 * Returns a value without its members that are null.
 * @param empty - whether those that are empty are left out as well, as where all of a resource is new or goes
 */
export function pruned(value: Value, empty: boolean): Value {
  if (isList(value)) {
    return value.map((item) => pruned(item, empty));
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, member]): [string, Value] => [key, pruned(member, empty)]);
  return Object.fromEntries(members.filter(([, member]) => member !== null && !(empty && isNullOrEmpty(member))));
}

/** Sorts the lists that have no order, so that nothing seems to move. */
export function sorted(type: string, value: Value, name = ""): Value {
  if (isList(value)) {
    return type.startsWith("aws_") && unorderedLists.test(name) && value.every((item) => typeof item === "string")
      ? [...value].sort()
      : value.map((item) => sorted(type, item));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, sorted(type, member, key)]))
    : value;
}

interface Changed {
  readonly name: string;
  readonly before: Value;
  readonly after: Value;
}

/** Says why the change of an attribute changes nothing; undefined if it does. */
export function noiseReason(type: string, { name, before, after }: Changed): string | undefined {
  if (isNullOrEmpty(before) && isNullOrEmpty(after)) {
    return "null and empty are the same here";
  }
  if (same(sorted(type, before, name), sorted(type, after, name))) {
    return "the same members in another order";
  }
  const [was, is] = [before, after].map(embeddedJson);
  return was !== undefined && same(was, is) ? "the same JSON, written differently" : undefined;
}

/** Whether a value says nothing, which Terraform writes as null, or as an empty text, list or object. */
export function isNullOrEmpty(value: Value): boolean {
  return (
    value === null ||
    value === "" ||
    (isList(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}
