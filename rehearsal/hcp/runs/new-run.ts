import { newId } from "../records/identifiers";
import { executionModeOf } from "../records/inheritance";
import { now } from "../records/now";
import type { Phase, Run, RunAttributes } from "../records/run";
import type { Store } from "../records/store";
import { type Changes, changed } from "../records/table";
import type { Workspace } from "../records/workspace";
import { noCounts } from "./plan-counts";

/** What a run is made of. */
export interface RunRequest {
  readonly workspace: Workspace;
  readonly configurationVersion: string;
  readonly createdBy: Run["createdBy"];
  readonly attributes: Changes<RunAttributes>;
}

/** Adds a run that has not begun. */
export function newRun(store: Store, request: RunRequest): Run {
  const { workspace, configurationVersion, createdBy } = request;
  const time = now();
  const standard: RunAttributes = {
    "allow-empty-apply": false,
    "auto-apply": workspace.attributes["auto-apply"],
    "is-destroy": false,
    message: "Queued manually via the Terraform Enterprise API",
    "plan-only": store.configurationVersions.the(configurationVersion).speculative,
    refresh: true,
    "refresh-only": false,
    "replace-addrs": null,
    "target-addrs": null,
    source: "tfe-api",
    "trigger-reason": "manual",
    "terraform-version": workspace.attributes["terraform-version"],
  };
  const phase = (prefix: string): Phase => ({
    id: newId(prefix),
    status: "pending",
    timestamps: {},
    counts: noCounts,
    log: store.objects.store(""),
  });
  return store.runs.add({
    id: newId("run"),
    workspace: workspace.id,
    configurationVersion,
    createdBy,
    createdAt: time,
    status: "pending",
    timestamps: { "plan-queueable-at": time },
    attributes: changed(standard, request.attributes),
    executionMode: executionModeOf(store, workspace),
    hasChanges: false,
    plan: { ...phase("plan"), json: null },
    apply: phase("apply"),
    stateVersion: null,
  });
}
