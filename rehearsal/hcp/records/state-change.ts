import { createHash } from "node:crypto";

import { newId } from "./identifiers";
import { now } from "./now";
import { managedAddresses, readState, type StateVersion } from "./state-version";
import type { Store } from "./store";

/** Returns the workspace's state as text; undefined without one. */
export function currentState(store: Store, workspace: string): string | undefined {
  const id = store.workspaces.the(workspace).currentStateVersion;
  return id === null ? undefined : store.objects.read(store.stateVersions.the(id).state)?.toString();
}

export function newStateVersion(
  store: Store,
  described: Pick<StateVersion, "workspace" | "run" | "createdBy" | "serial" | "lineage" | "md5">,
): StateVersion {
  return store.stateVersions.add({
    ...described,
    id: newId("sv"),
    createdAt: now(),
    status: "pending",
    state: store.objects.reserve(),
    json: store.objects.reserve(),
    hasJson: false,
    terraformVersion: null,
    resourceCount: 0,
    outputs: [],
  });
}

/** Takes the state's text, and makes the version its workspace's current one; throws for what is no state. */
export function finalizeState(store: Store, { id, state, workspace }: StateVersion, text: string): StateVersion {
  const file = readState(text);
  store.objects.store(text, state);
  store.workspaces.change(workspace, { currentStateVersion: id, updatedAt: now() });
  return store.stateVersions.change(id, {
    status: "finalized",
    terraformVersion: file.terraform_version ?? null,
    resourceCount: managedAddresses(file).length,
    outputs: Object.entries(file.outputs).map(([name, output]) => ({
      id: newId("wsout"),
      name,
      value: output.value,
      type: output.type,
      sensitive: output.sensitive,
    })),
  });
}

/** Stores what a run's apply left as state. */
export function storeRunState(store: Store, workspace: string, run: string, text: string): StateVersion {
  const { serial, lineage } = readState(text);
  const md5 = createHash("md5").update(text).digest("hex");
  const version = newStateVersion(store, { workspace, run, createdBy: run, serial, lineage, md5 });
  return finalizeState(store, version, text);
}
