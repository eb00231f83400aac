import * as z from "zod";

import { nearest } from "../platform/nearest";
import { comparedAccess } from "./access";
import { backendKinds } from "./backend";
import { type Cluster, type ClusterSettings, cluster } from "./cluster";
import { isObject } from "./rule";

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

/** Groups whose members are judged one by one: a wrong one is null, since a default in its place would make others wrong. */
const groups = ["backend", "controlPlane", "iam"] as const satisfies readonly (keyof Cluster)[];

type Parts<Group> = Group extends unknown
  ? { readonly [Key in keyof Group]: Key extends "type" ? Group[Key] : Group[Key] | null }
  : never;

/** What is right of one cluster, down to members of its groups and entries. */
export type SoundSettings = Partial<Omit<Cluster, "access" | (typeof groups)[number]>> & {
  readonly [Key in (typeof groups)[number]]?: Parts<Cluster[Key]>;
} & Partial<Record<"access", z.output<typeof comparedAccess>>>;

/**
 * Returns the members, and what is right of wrong groups and of wrong entries of `access`: clusters can't be compared by it.
 * @param members - those of `soundMembers`
 */
export function soundSettings(given: ClusterSettings | undefined, members: Partial<Cluster>): SoundSettings {
  const { access, backend, controlPlane, iam } = given ?? {};
  const kind = backendKinds.find(({ shape }) => shape.type.safeParse(backend?.type).success);
  const parts = {
    backend: kind && soundParts(kind.shape, backend),
    controlPlane: soundParts(cluster.shape.controlPlane.unwrap().shape, controlPlane),
    iam: soundParts(cluster.shape.iam.unwrap().shape, iam),
  };
  const wrong = groups.filter((key) => !(key in members) && parts[key] !== undefined);
  const entries = Array.isArray(access) ? [["access", soundItems(comparedAccess, access)]] : [];
  return { ...members, ...Object.fromEntries([...wrong.map((key) => [key, parts[key]]), ...entries]) };
}

/** Returns a group's members, and null for each that is wrong, or that an unknown one is probably meant to be. */
function soundParts(shape: Readonly<Record<string, Schema>>, given: unknown): Record<string, unknown> | undefined {
  if (!isObject(given)) {
    return undefined;
  }
  const names = Object.keys(shape);
  const misspelt = Object.keys(given).map((key) => (names.includes(key) ? undefined : nearest(key, names)));
  const parts = Object.entries(shape).map(([name, member]) => {
    const { data, success } = member.safeParse(given[name]);
    return [name, success && !misspelt.includes(name) ? data : null];
  });
  return Object.fromEntries(parts);
}
