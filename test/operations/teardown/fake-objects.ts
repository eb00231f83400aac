import type { Found, Kind, Objects } from "../../../operations/teardown/objects";

/** What is in a cluster, of which nothing can be changed. */
export function objectsOf(found: readonly Found[]): Objects {
  const refuse = async () => {
    throw new Error("nothing can be changed here");
  };
  return {
    list: async ({ apiVersion, kind }: Kind) =>
      found.filter((object) => object.apiVersion === apiVersion && object.kind === kind),
    remove: refuse,
    patch: refuse,
  };
}
