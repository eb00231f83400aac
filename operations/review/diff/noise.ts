import { embedded } from "../../terraform/plan/embedded";
import { isList, isObject, same, type Value } from "../../terraform/plan/value";

/** Attributes of AWS's whose lists have no order. */
const unordered = /(?:_ids|_arns|_cidrs|cidr_blocks|_groups|subnets|_zones)$/;

/** A value without what says nothing: members that are null and, where it is new or goes, those that are empty. */
export function pruned(value: Value, empty: boolean): Value {
  if (isList(value)) {
    return value.map((item) => pruned(item, empty));
  }
  if (!isObject(value)) {
    return value;
  }
  const members = Object.entries(value).map(([key, member]): [string, Value] => [key, pruned(member, empty)]);
  return Object.fromEntries(members.filter(([, member]) => member !== null && !(empty && isNothing(member))));
}

/** A value with lists that have no order in one, so that nothing seems to move. */
export function sorted(type: string, value: Value, name = ""): Value {
  if (isList(value)) {
    return type.startsWith("aws_") && unordered.test(name) && value.every((item) => typeof item === "string")
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

/** Why the change of an attribute changes nothing; undefined if it does. */
export function sameInEffect(type: string, { name, before, after }: Changed): string | undefined {
  if (isNothing(before) && isNothing(after)) {
    return "null and empty are the same here";
  }
  if (same(sorted(type, before, name), sorted(type, after, name))) {
    return "the same members in another order";
  }
  const [was, is] = [before, after].map(embedded);
  return was !== undefined && same(was, is) ? "the same JSON, written differently" : undefined;
}

/** Whether a value says nothing: Terraform writes it in several ways. */
export function isNothing(value: Value): boolean {
  return (
    value === null ||
    value === "" ||
    (isList(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}
