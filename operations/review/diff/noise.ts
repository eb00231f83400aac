import { embeddedJson } from "../../terraform/plan/embedded";
import { isList, isNullOrEmpty, isObject, type Sides, same, type Value } from "../../terraform/plan/value";

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

/** Says why the change of an attribute changes nothing; undefined if it does. */
export function noiseReason(type: string, name: string, { before, after }: Sides): string | undefined {
  if (isNullOrEmpty(before) && isNullOrEmpty(after)) {
    return "null and empty are the same here";
  }
  if (same(sorted(type, before, name), sorted(type, after, name))) {
    return "the same members in another order";
  }
  const [was, is] = [before, after].map(embeddedJson);
  return was !== undefined && same(was, is) ? "the same JSON, written differently" : undefined;
}
