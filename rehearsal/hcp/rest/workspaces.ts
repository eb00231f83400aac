import { now } from "../records/now";
import { isFinal } from "../records/run";
import { newWorkspace, type Workspace } from "../records/workspace";
import { administered, organizationOf, seesWorkspace, workspaceNamed, workspaceOf } from "./access";
import { ApiError, conflict, invalid } from "./api-error";
import { type HcpRequest, noContent, ok, type RestResponse, type Route } from "./request";
import { relatedTags } from "./tags";
import { mayForceDelete, resourceCount, workspaceResource } from "./workspace-resource";
import { changedWorkspace, refuseTakenName } from "./workspace-settings";

function createWorkspace(request: HcpRequest, organization: string): RestResponse {
  const { store, body, note } = request;
  const { defaultProject } = administered(request, organization);
  const workspace = {
    ...changedWorkspace(request, newWorkspace(organization, defaultProject, "")),
    tags: relatedTags(body) ?? {},
  };
  if (workspace.attributes.name === "") {
    throw invalid("name", "Name can't be blank");
  }
  refuseTakenName(request, workspace);
  store.workspaces.add(workspace);
  note({ workspace: workspace.attributes.name, resource: `workspaces ${workspace.id}` });
  return ok(workspaceResource(request, workspace), 201);
}

function listWorkspaces(request: HcpRequest, organization: string): RestResponse {
  organizationOf(request, organization);
  const { store, token, query } = request;
  const [name, project] = ["search[name]", "filter[project][id]"].map((key) => query.get(key));
  const tags = query.get("search[tags]")?.split(",") ?? [];
  const matches = (one: Workspace) =>
    one.organization === organization &&
    seesWorkspace(token, one) &&
    (name == null || one.attributes.name.includes(name)) &&
    (project == null || one.project === project) &&
    tags.every((tag) => tag in one.tags);
  const found = store.workspaces.all.filter(matches);
  found.sort((one, other) => one.attributes.name.localeCompare(other.attributes.name));
  return ok(found.map((workspace) => workspaceResource(request, workspace)));
}

function updateWorkspace(request: HcpRequest, workspace: Workspace): RestResponse {
  const { id } = workspaceOf(request, workspace.id, "admin");
  const tags = relatedTags(request.body);
  const updated = { ...changedWorkspace(request, workspace), ...(tags === undefined ? {} : { tags }) };
  refuseTakenName(request, updated);
  const stored = request.store.workspaces.add({ ...updated, updatedAt: now() });
  request.note({ resource: `workspaces ${id}` });
  return ok(workspaceResource(request, stored));
}

function forceDelete(request: HcpRequest, workspace: Workspace): RestResponse {
  if (!mayForceDelete(request, workspace)) {
    throw new ApiError(403, {
      title: "forbidden",
      detail: "Not authorized to perform a force delete on the workspace",
    });
  }
  return remove(request, workspace);
}

/** Deletes a workspace that manages nothing, is not locked, and whose state is read. */
function safeDelete(request: HcpRequest, workspace: Workspace): RestResponse {
  workspaceOf(request, workspace.id, "admin");
  const { store } = request;
  if (workspace.lock !== null) {
    throw conflict("Workspace is currently locked. Workspace must be unlocked before it can be safely deleted.");
  }
  const versions = store.stateVersions.all.filter((one) => one.workspace === workspace.id);
  if (versions.at(-1)?.status === "pending") {
    throw conflict("Workspace is not safe to delete because the latest state version is being processed.");
  }
  if (resourceCount(request, workspace) > 0) {
    throw conflict("Workspace is not safe to delete because it is managing resources.");
  }
  return remove(request, workspace);
}

/** Deletes a workspace with all that is its own, and takes it out of what names it. */
function remove({ store, runs, note }: HcpRequest, { id }: Workspace): RestResponse {
  const isIts = (record: { readonly workspace: string }) => record.workspace === id;
  for (const run of store.runs.all.filter((one) => isIts(one) && !isFinal(one))) {
    runs.end(run, "canceled");
  }
  const gone = store.runs.all.filter(isIts).map((run) => run.id);
  const stages = store.taskStages.all.filter(({ run }) => gone.includes(run)).map((stage) => stage.id);
  store.taskResults.deleteWhere(({ taskStage }) => stages.includes(taskStage));
  store.taskStages.deleteWhere(({ run }) => gone.includes(run));
  store.runs.deleteWhere(isIts);
  store.stateVersions.deleteWhere(isIts);
  store.configurationVersions.deleteWhere(isIts);
  store.notifications.deleteWhere(isIts);
  store.workspaceTasks.deleteWhere(isIts);
  store.variables.deleteWhere(({ owner }) => owner === id);
  store.runTriggers.deleteWhere(({ workspace, source }) => [workspace, source].includes(id));
  const without = (ids: readonly string[]) => ids.filter((one) => one !== id);
  for (const other of store.workspaces.all) {
    store.workspaces.change(other.id, { consumers: without(other.consumers) });
  }
  for (const set of store.variableSets.all) {
    store.variableSets.change(set.id, { workspaces: without(set.workspaces) });
  }
  store.workspaces.delete(id);
  note({ resource: `workspaces ${id}` });
  return noContent;
}

/** The same call by id, and by the names of organization and workspace. */
function both(
  method: string,
  end: string,
  respond: (request: HcpRequest, workspace: Workspace) => RestResponse,
): readonly Route[] {
  return [
    [method, `/workspaces/:id${end}`, (request, id = "") => respond(request, workspaceOf(request, id))],
    [
      method,
      `/organizations/:organization/workspaces/:name${end}`,
      (request, organization = "", name = "") => respond(request, workspaceNamed(request, organization, name)),
    ],
  ];
}

export const workspaceRoutes: readonly Route[] = [
  ["GET", "/organizations/:name/workspaces", (request, name = "") => listWorkspaces(request, name)],
  ["POST", "/organizations/:name/workspaces", (request, name = "") => createWorkspace(request, name)],
  ...both("GET", "", (request, workspace) => ok(workspaceResource(request, workspace))),
  ...both("PATCH", "", updateWorkspace),
  ...both("DELETE", "", forceDelete),
  ...both("POST", "/actions/safe-delete", safeDelete),
];
