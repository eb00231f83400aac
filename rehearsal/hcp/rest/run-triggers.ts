import { newId } from "../records/identifiers";
import { now } from "../records/now";
import type { RunTrigger } from "../records/run-trigger";
import { workspaceOf } from "./access";
import { ApiError, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toOne } from "./request";
import { requiredId } from "./request-body";

function runTriggerResource({ store }: HcpRequest, { id, workspace, source, createdAt }: RunTrigger): Resource {
  const nameOf = (one: string) => store.workspaces.the(one).attributes.name;
  return {
    id,
    type: "run-triggers",
    attributes: { "workspace-name": nameOf(workspace), "sourceable-name": nameOf(source), "created-at": createdAt },
    relationships: { workspace: toOne("workspaces", workspace), sourceable: toOne("workspaces", source) },
    links: { self: `/api/v2/run-triggers/${id}` },
  };
}

function createRunTrigger(request: HcpRequest, workspace: string): RestResponse {
  workspaceOf(request, workspace, "admin");
  const { store, body, note } = request;
  const source = workspaceOf(request, requiredId(body, "sourceable")).id;
  const isThere = (one: RunTrigger) => one.workspace === workspace && one.source === source;
  if (source === workspace || store.runTriggers.all.some(isThere)) {
    const detail = source === workspace ? "A workspace cannot trigger itself" : "Sourceable has already been taken";
    throw new ApiError(422, { title: "invalid attribute", detail, pointer: "/data/relationships/sourceable" });
  }
  const trigger = store.runTriggers.add({ id: newId("rt"), workspace, source, createdAt: now() });
  note({ workspace: store.workspaces.the(workspace).attributes.name, resource: `run-triggers ${trigger.id}` });
  return ok(runTriggerResource(request, trigger), 201);
}

function listRunTriggers(request: HcpRequest, id: string): RestResponse {
  workspaceOf(request, id);
  const { store, query } = request;
  const side = { inbound: "workspace", outbound: "source" } as const;
  const type = query.get("filter[run-trigger][type]");
  if (type !== "inbound" && type !== "outbound") {
    throw new ApiError(400, { title: "bad request", detail: "filter[run-trigger][type] must be inbound or outbound" });
  }
  const triggers = store.runTriggers.all.filter((trigger) => trigger[side[type]] === id);
  return ok(triggers.map((trigger) => runTriggerResource(request, trigger)));
}

function runTriggerOf(request: HcpRequest, id: string, permission: "read" | "admin"): RunTrigger {
  const trigger = request.store.runTriggers.get(id);
  if (trigger === undefined) {
    throw notFound();
  }
  workspaceOf(request, trigger.workspace, permission);
  return trigger;
}

function deleteRunTrigger(request: HcpRequest, id: string): RestResponse {
  request.store.runTriggers.delete(runTriggerOf(request, id, "admin").id);
  request.note({ resource: `run-triggers ${id}` });
  return noContent;
}

export const runTriggerRoutes: readonly Route[] = [
  ["POST", "/workspaces/:id/run-triggers", (request, id = "") => createRunTrigger(request, id)],
  ["GET", "/workspaces/:id/run-triggers", (request, id = "") => listRunTriggers(request, id)],
  [
    "GET",
    "/run-triggers/:id",
    (request, id = "") => ok(runTriggerResource(request, runTriggerOf(request, id, "read"))),
  ],
  ["DELETE", "/run-triggers/:id", (request, id = "") => deleteRunTrigger(request, id)],
];
