import { effectiveTags } from "../records/inheritance";
import type { Project, Tags } from "../records/project";
import type { Store } from "../records/store";
import type { Workspace } from "../records/workspace";
import type { JsonObject, Linkage, Resource } from "./request";
import { related } from "./request-body";

/** Returns tags as resources, whose ids say whose they are. */
export function tagResources(owner: string, tags: Tags): Resource[] {
  return Object.entries(tags).map(([key, value]) => ({
    id: `tb-${owner}-${key}`,
    type: "tag-bindings",
    attributes: { key, value },
  }));
}

/** Returns a project's tags as those in effect, all of which are its own. */
export function projectTagResources({ id, tags }: Project): Resource[] {
  return Object.entries(tags).map(([key, value]) => effectiveTag(id, key, value));
}

/** Returns a workspace's tags with those of its project, which a link tells apart from its own. */
export function workspaceTagResources(store: Store, workspace: Workspace): Resource[] {
  const { id, tags, project } = workspace;
  const links = { "inherited-from": `/api/v2/projects/${project}` };
  return Object.entries(effectiveTags(store, workspace)).map(([key, value]) => ({
    ...effectiveTag(id, key, value),
    ...(key in tags ? {} : { links }),
  }));
}

function effectiveTag(owner: string, key: string, value: string): Resource {
  return { id: `etb-${owner}-${key}`, type: "effective-tag-bindings", attributes: { key, value } };
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
