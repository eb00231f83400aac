import type { ConfigurationVersion } from "../records/configuration-version";
import { newId } from "../records/identifiers";
import type { Store } from "../records/store";
import type { Workspace } from "../records/workspace";

/** Returns the id of the configuration that a run takes which names none; undefined if there is none. One of a repository is always there. */
export function latestConfiguration(store: Store, { id, attributes }: Workspace): string | undefined {
  const uploaded = store.configurationVersions.all.filter(
    ({ workspace, status, speculative }) => workspace === id && status === "uploaded" && !speculative,
  );
  const latest = uploaded.at(-1);
  if (latest === undefined && attributes["vcs-repo"] !== null) {
    return newConfiguration(store, { workspace: id, source: "github", status: "uploaded" }).id;
  }
  return latest?.id;
}

export function newConfiguration(
  store: Store,
  described: Pick<ConfigurationVersion, "workspace" | "source" | "status"> & Partial<ConfigurationVersion>,
): ConfigurationVersion {
  return store.configurationVersions.add({
    id: newId("cv"),
    speculative: false,
    autoQueueRuns: false,
    archive: store.objects.reserve(),
    ...described,
  });
}
