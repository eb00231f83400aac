import { z } from "zod";

import { newId } from "../records/identifiers";
import { type RunTask, taskStages } from "../records/run-task";
import { changed } from "../records/table";
import { isOnLoopback } from "../runs/deliver";
import { askTask, testPayload } from "../runs/run-tasks";
import { administered, organizationOf } from "./access";
import { ApiError, invalid, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, relatedId } from "./request-body";

/** Returns a task as a resource; its key is never told. */
export function runTaskResource({ store }: HcpRequest, { id, organization, agentPool, attributes }: RunTask): Resource {
  const uses = store.workspaceTasks.all.filter(({ task }) => task === id).map((one) => one.id);
  const { "global-configuration": global, ...plain } = attributes;
  return {
    id,
    type: "tasks",
    attributes: {
      ...plain,
      "hmac-key": null,
      "global-configuration": global ?? { enabled: false, stages: ["post_plan"], "enforcement-level": "advisory" },
    },
    relationships: {
      organization: toOne("organizations", organization),
      "workspace-tasks": toMany("workspace-tasks", uses),
      "agent-pool": toOne("agent-pools", agentPool),
    },
    links: { self: `/api/v2/tasks/${id}` },
  };
}

const settings = z.object({
  name: z.string("can't be blank").regex(/^[\w-]+$/, "can only include letters, numbers, '-', and '_'"),
  url: z.url({ protocol: /^https?$/, error: "is invalid" }),
  description: z.string().max(300, "is too long").nullable().optional(),
  category: z.literal("task", "is not included in the list"),
  "hmac-key": z.string().nullable().optional(),
  enabled: z.boolean().optional(),
  "global-configuration": z
    .object({
      enabled: z.boolean().default(false),
      stages: z.array(z.enum(taskStages)).default(["post_plan"]),
      "enforcement-level": z.enum(["advisory", "mandatory"]).default("advisory"),
    })
    .nullable()
    .optional(),
});

function listRunTasks(request: HcpRequest, organization: string): RestResponse {
  organizationOf(request, organization);
  const tasks = request.store.runTasks.all.filter((one) => one.organization === organization);
  return ok(tasks.map((task) => runTaskResource(request, task)));
}

async function createRunTask(request: HcpRequest, organization: string): Promise<RestResponse> {
  const { entitlements } = administered(request, organization);
  const { store, body, note } = request;
  const { "hmac-key": hmacKey = null, description = null, enabled = true, ...given } = attributesOf(body, settings);
  const present = store.runTasks.all.filter((one) => one.organization === organization);
  refuseOverLimit(entitlements["run-task-limit"], present.length, "run tasks");
  const task: RunTask = {
    id: newId("task"),
    organization,
    hmacKey,
    agentPool: relatedId(body, "agent-pool") ?? null,
    attributes: { ...given, "global-configuration": given["global-configuration"] ?? null, description, enabled },
  };
  refuseTaken(request, task);
  await refuseSilent(request, task);
  store.runTasks.add(task);
  note({ resource: `tasks ${task.id}` });
  return ok(runTaskResource(request, task), 201);
}

async function updateRunTask(request: HcpRequest, id: string): Promise<RestResponse> {
  const task = runTaskOf(request, id);
  administered(request, task.organization);
  const { store, body, note } = request;
  const { "hmac-key": hmacKey, ...changes } = attributesOf(body, settings.partial());
  const updated = { ...task, hmacKey: hmacKey ?? task.hmacKey, attributes: changed(task.attributes, changes) };
  refuseTaken(request, updated);
  await refuseSilent(request, updated);
  store.runTasks.change(id, updated);
  note({ resource: `tasks ${id}` });
  return ok(runTaskResource(request, updated));
}

/** Limits are of the organization's edition; null is none. */
export function refuseOverLimit(limit: boolean | number | null | undefined, present: number, what: string): void {
  if (typeof limit === "number" && present >= limit) {
    const detail = `This organization's plan allows ${limit} ${what}`;
    throw new ApiError(422, { title: "unprocessable entity", detail });
  }
}

function refuseTaken({ store }: HcpRequest, { id, organization, attributes: { name } }: RunTask): void {
  const isTaken = (one: RunTask) => one.id !== id && one.organization === organization && one.attributes.name === name;
  if (store.runTasks.all.some(isTaken)) {
    throw invalid("name", "Name has already been taken");
  }
}

/** Tries the task's address, as HCP does; one off this machine is believed. */
async function refuseSilent({ origin }: HcpRequest, task: RunTask): Promise<void> {
  if (!task.attributes.enabled || !isOnLoopback(task.attributes.url)) {
    return;
  }
  const answer = await askTask(task, testPayload(origin, task.organization)).catch(() => undefined);
  if (answer?.status !== 200) {
    throw invalid("url", `Url did not answer 200 but ${answer?.status ?? "nothing"}`);
  }
}

function runTaskOf(request: HcpRequest, id: string): RunTask {
  const task = request.store.runTasks.get(id);
  if (task === undefined) {
    throw notFound();
  }
  organizationOf(request, task.organization);
  return task;
}

function deleteRunTask(request: HcpRequest, id: string): RestResponse {
  administered(request, runTaskOf(request, id).organization);
  const { store, note } = request;
  store.workspaceTasks.deleteWhere(({ task }) => task === id);
  store.runTasks.delete(id);
  note({ resource: `tasks ${id}` });
  return noContent;
}

export const runTaskRoutes: readonly Route[] = [
  ["GET", "/organizations/:name/tasks", (request, name = "") => listRunTasks(request, name)],
  ["POST", "/organizations/:name/tasks", (request, name = "") => createRunTask(request, name)],
  ["GET", "/tasks/:id", (request, id = "") => ok(runTaskResource(request, runTaskOf(request, id)))],
  ["PATCH", "/tasks/:id", (request, id = "") => updateRunTask(request, id)],
  ["DELETE", "/tasks/:id", (request, id = "") => deleteRunTask(request, id)],
];
