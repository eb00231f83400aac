import { z } from "zod";

import { finalizeState, newStateVersion } from "../records/state-change";
import type { StateOutput, StateVersion } from "../records/state-version";
import { organizationOf, stateOwner, workspaceNamed, workspaceOf } from "./access";
import { conflict, notFound } from "./api-error";
import { type HcpRequest, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, relatedId } from "./request-body";

export function stateVersionResource({ archivist }: HcpRequest, version: StateVersion): Resource {
  const { id, status, serial, state, json, hasJson } = version;
  const isFinal = status === "finalized";
  const at = (object: string) => `${archivist}/v1/object/${object}`;
  return {
    id,
    type: "state-versions",
    attributes: {
      "created-at": version.createdAt,
      status,
      serial,
      // Addresses to upload to are told until something is there.
      "hosted-state-upload-url": status === "pending" ? at(state) : null,
      "hosted-json-state-upload-url": hasJson ? null : at(json),
      "hosted-state-download-url": isFinal ? at(state) : null,
      "hosted-json-state-download-url": hasJson ? at(json) : null,
      intermediate: false,
      "resources-processed": isFinal,
      "state-version": 4,
      "terraform-version": version.terraformVersion,
      "vcs-commit-sha": null,
      "vcs-commit-url": null,
    },
    relationships: {
      workspace: toOne("workspaces", version.workspace),
      run: toOne("runs", version.run),
      outputs: toMany(
        "state-version-outputs",
        version.outputs.map((output) => output.id),
      ),
    },
    links: { self: `/api/v2/state-versions/${id}` },
  };
}

export function outputResource({ id, name, value, type, sensitive }: StateOutput, shown = !sensitive): Resource {
  const short = Array.isArray(type) ? (type[0] === "object" || type[0] === "map" ? "object" : "array") : type;
  return {
    id,
    type: "state-version-outputs",
    attributes: { name, sensitive, type: short, "detailed-type": type, value: shown ? value : null },
    links: { self: `/api/v2/state-version-outputs/${id}` },
  };
}

const described = z.object({
  serial: z.number().int(),
  md5: z.string(),
  lineage: z.string().default(""),
  state: z.string().nullable().default(null),
  "json-state": z.string().nullable().default(null),
  force: z.boolean().default(false),
});

/** Takes a state, or makes the address to upload it to; whoever does it must have locked the workspace. */
function createStateVersion(request: HcpRequest, id: string): RestResponse {
  const workspace = workspaceOf(request, id, "write");
  const { store, token, note, body } = request;
  const { serial, md5, lineage, state, "json-state": json, force } = attributesOf(body, described);
  if (token.kind === "organization") {
    throw notFound();
  }
  if (workspace.lock === null || (token.kind !== "run" && workspace.lock.id !== token.holder)) {
    throw conflict("Workspace must be locked by you to create a state version.");
  }
  const current = store.stateVersions.get(workspace.currentStateVersion ?? "");
  if (current && !force && lineage !== current.lineage) {
    throw conflict(`The lineage '${lineage}' does not match the current state's, '${current.lineage}'.`);
  }
  if (current && !force && (serial < current.serial || (serial === current.serial && md5 !== current.md5))) {
    throw conflict(`The serial ${serial} is not greater than the current state's, ${current.serial}.`);
  }
  for (const version of store.stateVersions.all.filter((one) => one.workspace === id && one.status === "pending")) {
    store.stateVersions.change(version.id, { status: "discarded" });
  }
  const run = relatedId(body, "run") ?? null;
  const version = newStateVersion(store, { workspace: id, run, createdBy: token.holder, serial, lineage, md5 });
  note({ resource: `state-versions ${version.id}` });
  if (json !== null) {
    store.objects.store(Buffer.from(json, "base64"), version.json);
    store.stateVersions.change(version.id, { hasJson: true });
  }
  const taken =
    state === null
      ? store.stateVersions.the(version.id)
      : finalizeState(store, version, Buffer.from(state, "base64").toString());
  return ok(stateVersionResource(request, taken), 201);
}

function currentVersion(request: HcpRequest, id: string): StateVersion {
  const { currentStateVersion } = stateOwner(request, id);
  if (currentStateVersion === null) {
    throw notFound();
  }
  return request.store.stateVersions.the(currentStateVersion);
}

function versionOf(request: HcpRequest, id: string): StateVersion {
  const version = request.store.stateVersions.get(id);
  if (version === undefined) {
    throw notFound();
  }
  stateOwner(request, version.workspace);
  return version;
}

/** Lists the versions of the workspace that the query names, the last first. */
function listStateVersions(request: HcpRequest): RestResponse {
  const { query, store } = request;
  const organization = query.get("filter[organization][name]") ?? "";
  organizationOf(request, organization);
  const { id } = workspaceNamed(request, organization, query.get("filter[workspace][name]") ?? "");
  const versions = store.stateVersions.all.filter((one) => one.workspace === id && one.status === "finalized");
  return ok(versions.reverse().map((version) => stateVersionResource(request, version)));
}

function readOutput(request: HcpRequest, id: string): RestResponse {
  for (const version of request.store.stateVersions.all) {
    const output = version.outputs.find((one) => one.id === id);
    if (output !== undefined) {
      stateOwner(request, version.workspace);
      return ok(outputResource(output, true));
    }
  }
  throw notFound();
}

export const stateVersionRoutes: readonly Route[] = [
  ["POST", "/workspaces/:id/state-versions", (request, id = "") => createStateVersion(request, id)],
  [
    "GET",
    "/workspaces/:id/current-state-version",
    (request, id = "") => ok(stateVersionResource(request, currentVersion(request, id))),
  ],
  [
    "GET",
    "/workspaces/:id/current-state-version-outputs",
    (request, id = "") => ok(currentVersion(request, id).outputs.map((output) => outputResource(output))),
  ],
  ["GET", "/state-versions", listStateVersions],
  ["GET", "/state-versions/:id", (request, id = "") => ok(stateVersionResource(request, versionOf(request, id)))],
  [
    "GET",
    "/state-versions/:id/outputs",
    (request, id = "") => ok(versionOf(request, id).outputs.map((output) => outputResource(output))),
  ],
  ["GET", "/state-version-outputs/:id", (request, id = "") => readOutput(request, id)],
];
