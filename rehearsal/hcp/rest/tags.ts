import type { Tags } from "../records/project";
import type { JsonObject, Linkage, Resource } from "./request";
import { related } from "./request-body";

/** Returns a tag as a resource; its id says whose it is. */
export function tagResource(
  type: "tag-bindings" | "effective-tag-bindings",
  owner: string,
  key: string,
  value: string,
): Resource {
  return { id: tagId(owner, key), type, attributes: { key, value } };
}

export function tagId(owner: string, key: string): string {
  return `tb-${owner}-${key}`;
}

export function tagResources(owner: string, tags: Tags): Resource[] {
  return Object.entries(tags).map(([key, value]) => tagResource("tag-bindings", owner, key, value));
}

/** Returns the tags that a list names: `key` and `value`, or the `name` of one of the old kind. */
export function tagsIn(list: readonly (Linkage & { readonly attributes: JsonObject })[]): Tags {
  return Object.fromEntries(
    list.map(({ attributes }) => [
      String(attributes["key"] ?? attributes["name"] ?? ""),
      String(attributes["value"] ?? ""),
    ]),
  );
}

/** Returns the tags that the body's resource names; undefined if it says nothing of them. */
export function relatedTags(body: JsonObject): Tags | undefined {
  const lists = [related(body, "tag-bindings"), related(body, "tags")];
  return lists.every((list) => list === undefined) ? undefined : tagsIn(lists.flatMap((list) => list ?? []));
}
