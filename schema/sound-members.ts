import * as z from "zod";

import { comparedAccess } from "./access";
import { comparedBackend } from "./backend";
import { type Cluster, type ClusterSettings, cluster } from "./cluster";
import { comparedIam } from "./iam";

/** A schema, as far as it is used here: over the union of their types the compiler would take longer than for all else. */
interface Schema {
  safeParse(value: unknown): z.ZodSafeParseResult<unknown>;
}

/** Returns what is right by itself, in lists item by item, so that a mistake in one place does not hide a disagreement of others. */
export function soundMembers(given: ClusterSettings | undefined): Partial<Cluster> {
  const members = Object.entries<Schema>(cluster.shape).flatMap(([key, member]) => {
    const value = given?.[key as keyof ClusterSettings];
    const { data, error } = member.safeParse(value);
    const known = member instanceof z.ZodDefault || member instanceof z.ZodOptional ? member.unwrap() : member;
    if (error && known instanceof z.ZodArray && Array.isArray(value)) {
      return [[key, soundItems(member, value)]];
    }
    return error ? [] : [[key, data]];
  });
  return Object.fromEntries(members);
}

/** Returns the items that are right by themselves. Wrong ones are holes, which iterations skip, so that the others keep their places. */
function soundItems(list: Schema, given: readonly unknown[]): unknown[] {
  const items = [...given];
  for (const { path } of list.safeParse(items).error?.issues ?? []) {
    delete items[Number(path[0])];
  }
  return items;
}

/** What is good to judge the rest of its cluster by where a part of it is wrong, as far as it is judged by. */
const compared = {
  access: comparedAccess,
  backend: comparedBackend,
  controlPlane: cluster.shape.controlPlane,
  iam: comparedIam,
} satisfies Partial<Record<keyof Cluster, Schema>>;

/** What is right of one cluster, down to parts of its groups and entries. */
export type SoundSettings = Partial<Omit<Cluster, keyof typeof compared>> & {
  readonly [Key in keyof typeof compared]?: z.output<(typeof compared)[Key]>;
};

/** Returns what `soundMembers` does, and more of what is wrong in part: clusters cannot be compared by that. */
export function soundSettings(given: ClusterSettings | undefined): SoundSettings {
  const members = soundMembers(given);
  const parts = Object.entries<Schema>(compared).flatMap(([key, schema]) => {
    const value: unknown = given?.[key as keyof typeof compared];
    if (schema instanceof z.ZodArray) {
      return Array.isArray(value) ? [[key, soundItems(schema, value)]] : [];
    }
    return key in members ? [] : soundPart(schema, value).map((part) => [key, part]);
  });
  return { ...members, ...Object.fromEntries(parts) };
}

/** Returns a group without what is wrong in it, with defaults for that; nothing where one of these would make others wrong. */
function soundPart(group: Schema, given: unknown): unknown[] {
  const issues = group.safeParse(given).error?.issues ?? [];
  const wrong = issues.flatMap(({ path: [name], ...issue }) =>
    name === undefined && issue.code === "unrecognized_keys" ? issue.keys : [String(name)],
  );
  // Without a region the bucket would be in the cluster's.
  if (wrong.includes("region")) {
    return [];
  }
  const rest = Object.entries(given ?? {}).filter(([name]) => !wrong.includes(name));
  const { data } = group.safeParse(Object.fromEntries(rest));
  return data === undefined ? [] : [data];
}
