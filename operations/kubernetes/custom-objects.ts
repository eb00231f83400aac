import type { CustomObjectsApi } from "@kubernetes/client-node";

import { type ClusterObject, type CustomResource, ifObjectExists } from "./objects";

/** Objects of a page: CiliumNodes of thirty kilobytes each are some megabytes then. */
const objectsPerPage = 50;

/** Returns the objects of a custom resource, page by page; none without its definition. */
export function listCustomObjects(api: CustomObjectsApi, resource: CustomResource): Promise<readonly ClusterObject[]>;
/** @param read - keeps what is needed of an object: of large ones in large clusters, all of it would be too much */
export function listCustomObjects<Kept>(
  api: CustomObjectsApi,
  resource: CustomResource,
  read: (object: ClusterObject) => Kept,
): Promise<readonly Kept[]>;
export async function listCustomObjects(
  api: CustomObjectsApi,
  resource: CustomResource,
  read: (object: ClusterObject) => unknown = withoutManagers,
): Promise<readonly unknown[]> {
  const [plural = "", version = "", ...group] = resource.split(".");
  const kept: unknown[] = [];
  let next: string | undefined;
  do {
    const page = { limit: objectsPerPage, ...(next === undefined ? {} : { _continue: next }) };
    const listed: ObjectPage | undefined = await ifObjectExists(
      api.listClusterCustomObject({ group: group.join("."), version, plural, ...page }),
    );
    kept.push(...(listed?.items ?? []).map(read));
    next = listed?.metadata?.continue || undefined;
  } while (next !== undefined);
  return kept;
}

/** A page of a list, as the API writes it. */
interface ObjectPage {
  readonly items: readonly ClusterObject[];
  /** @default - it is the only page */
  readonly metadata?: { readonly continue: string | undefined };
}

/** Leaves out who has set which member, which is half of many objects. */
function withoutManagers({ metadata: { managedFields, ...metadata }, ...object }: ClusterObject): ClusterObject {
  return { ...object, metadata };
}
