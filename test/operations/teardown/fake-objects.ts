import type { ClusterObject, ObjectClient, ObjectKind } from "../../../operations/kubernetes/objects";

/** What is in a cluster, of which nothing can be changed. */
export function objectsOf(found: readonly ClusterObject[]): ObjectClient {
  const refuse = async () => {
    throw new Error("nothing can be changed here");
  };
  return {
    list: async ({ apiVersion, kind }: ObjectKind, labelSelector = "") =>
      found.filter(
        (object) =>
          object.apiVersion === apiVersion && object.kind === kind && hasLabels(object, labelSelector.split(",")),
      ),
    remove: refuse,
    patch: refuse,
  };
}

/** @param wanted - `app=web` */
function hasLabels({ metadata }: ClusterObject, wanted: readonly string[]): boolean {
  const labels = Object.entries(metadata?.labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return wanted.every((label) => label === "" || labels.includes(label));
}
