import { z } from "zod";

import { newId } from "../records/identifiers";
import { taskStages, type WorkspaceTask } from "../records/run-task";
import { workspaceOf } from "./access";
import { ApiError, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toOne } from "./request";
import { attributesOf, requiredId } from "./request-body";
import { refuseOverLimit } from "./run-tasks";

export function workspaceTaskResource(_: HcpRequest, { id, workspace, task, ...one }: WorkspaceTask): Resource {
  return {
    id,
    type: "workspace-tasks",
    attributes: { "enforcement-level": one.enforcementLevel, stage: one.stages[0] ?? "post_plan", stages: one.stages },
    relationships: { task: toOne("tasks", task), workspace: toOne("workspaces", workspace) },
    links: { self: `/api/v2/workspaces/${workspace}/tasks/${id}` },
  };
}

const settings = z.object({
  "enforcement-level": z.enum(["advisory", "mandatory"], "is not included in the list"),
  stage: z.enum(taskStages).optional(),
  stages: z.array(z.enum(taskStages)).min(1, "can't be blank").optional(),
});

function listWorkspaceTasks(request: HcpRequest, id: string): RestResponse {
  workspaceOf(request, id);
  const tasks = request.store.workspaceTasks.all.filter(({ workspace }) => workspace === id);
  return ok(tasks.map((task) => workspaceTaskResource(request, task)));
}

function createWorkspaceTask(request: HcpRequest, workspace: string): RestResponse {
  const { organization } = workspaceOf(request, workspace, "admin");
  const { store, body, note } = request;
  const { "enforcement-level": enforcementLevel, stage, stages } = attributesOf(body, settings);
  const task = requiredId(body, "task");
  if (store.runTasks.get(task)?.organization !== organization) {
    throw notFound();
  }
  refuseWhatIsTooMuch(request, { workspace, task, enforcementLevel });
  const added = store.workspaceTasks.add({
    id: newId("wstask"),
    workspace,
    task,
    enforcementLevel,
    stages: stages ?? [stage ?? "post_plan"],
  });
  note({ resource: `workspace-tasks ${added.id}` });
  return ok(workspaceTaskResource(request, added), 201);
}

/** A task is once in a workspace; an edition limits in how many, and how many are mandatory. */
function refuseWhatIsTooMuch(
  { store }: HcpRequest,
  { workspace, task, enforcementLevel }: Pick<WorkspaceTask, "workspace" | "task" | "enforcementLevel">,
): void {
  const { organization } = store.workspaces.the(workspace);
  const { entitlements } = store.organizations.the(organization);
  const all = store.workspaceTasks.all.filter(
    (one) => store.workspaces.the(one.workspace).organization === organization,
  );
  if (all.some((one) => one.workspace === workspace && one.task === task)) {
    throw new ApiError(422, { title: "invalid attribute", detail: "Task has already been taken" });
  }
  const others = new Set(all.map((one) => one.workspace).filter((one) => one !== workspace));
  refuseOverLimit(entitlements["run-task-workspace-limit"], others.size, "workspaces with run tasks");
  if (enforcementLevel === "mandatory") {
    const mandatory = all.filter((one) => one.enforcementLevel === "mandatory" && one.task !== task);
    const tasks = new Set(mandatory.map((one) => one.task));
    refuseOverLimit(entitlements["run-task-mandatory-enforcement-limit"], tasks.size, "mandatory run tasks");
  }
}

function updateWorkspaceTask(request: HcpRequest, workspace: string, id: string): RestResponse {
  workspaceTaskOf(request, workspace, id, "admin");
  const { store, body, note } = request;
  const { "enforcement-level": enforcementLevel, stage, stages } = attributesOf(body, settings.partial());
  const wanted = stages ?? (stage === undefined ? undefined : [stage]);
  note({ resource: `workspace-tasks ${id}` });
  return ok(workspaceTaskResource(request, store.workspaceTasks.change(id, { enforcementLevel, stages: wanted })));
}

function workspaceTaskOf(
  request: HcpRequest,
  workspace: string,
  id: string,
  permission: "read" | "admin",
): WorkspaceTask {
  workspaceOf(request, workspace, permission);
  const task = request.store.workspaceTasks.get(id);
  if (task?.workspace !== workspace) {
    throw notFound();
  }
  return task;
}

function deleteWorkspaceTask(request: HcpRequest, workspace: string, id: string): RestResponse {
  request.store.workspaceTasks.delete(workspaceTaskOf(request, workspace, id, "admin").id);
  request.note({ resource: `workspace-tasks ${id}` });
  return noContent;
}

const path = "/workspaces/:workspace/tasks";

export const workspaceTaskRoutes: readonly Route[] = [
  ["GET", path, (request, workspace = "") => listWorkspaceTasks(request, workspace)],
  ["POST", path, (request, workspace = "") => createWorkspaceTask(request, workspace)],
  [
    "GET",
    `${path}/:id`,
    (request, workspace = "", id = "") =>
      ok(workspaceTaskResource(request, workspaceTaskOf(request, workspace, id, "read"))),
  ],
  ["PATCH", `${path}/:id`, (request, workspace = "", id = "") => updateWorkspaceTask(request, workspace, id)],
  ["DELETE", `${path}/:id`, (request, workspace = "", id = "") => deleteWorkspaceTask(request, workspace, id)],
];
