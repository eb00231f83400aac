import { z } from "zod";

import type { Outcome, TaskResult, TaskStage } from "../records/run-task";
import { isSettled } from "../runs/task-stages";
import { runOf } from "./access";
import { ApiError, invalid, notFound } from "./api-error";
import { type HcpRequest, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, related } from "./request-body";

export function taskStageResource({ store }: HcpRequest, stage: TaskStage): Resource {
  const results = store.taskResults.all.filter(({ taskStage }) => taskStage === stage.id).map(({ id }) => id);
  return {
    id: stage.id,
    type: "task-stages",
    attributes: {
      stage: stage.stage,
      status: stage.status,
      "status-timestamps": stage.timestamps,
      "created-at": stage.createdAt,
      "updated-at": stage.updatedAt,
      permissions: { "can-override-policy": null, "can-override-tasks": null, "can-override": null },
      actions: { "is-overridable": false },
    },
    relationships: {
      run: toOne("runs", stage.run),
      "task-results": toMany("task-results", results),
      "policy-evaluations": { data: [] },
    },
    links: { self: `/api/v2/task-stages/${stage.id}` },
  };
}

export function taskResultResource(_: HcpRequest, result: TaskResult): Resource {
  return {
    id: result.id,
    type: "task-results",
    attributes: {
      status: result.status,
      message: result.message,
      url: result.url,
      "status-timestamps": result.timestamps,
      "created-at": result.createdAt,
      "updated-at": result.updatedAt,
      "task-id": result.task.id,
      "task-name": result.task.name,
      "task-url": result.task.url,
      "workspace-task-id": result.workspaceTask,
      "workspace-task-enforcement-level": result.enforcementLevel,
      "outcomes-count": result.outcomes.length,
    },
    // HCP's documentation has the one name, its client for Go the other.
    relationships: {
      "task-stage": toOne("task-stages", result.taskStage),
      task_stage: toOne("task-stages", result.taskStage),
    },
    links: { self: `/api/v2/task-results/${result.id}` },
  };
}

const changes = z.object({
  status: z.enum(["running", "passed", "failed"], "is not included in the list"),
  message: z.string().nullable().optional(),
  url: z.url("is invalid").nullable().optional(),
});

/** A body may have 5 MB (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run-tasks/run-tasks-integration). */
const mostBytes = 5 * 1024 * 1024;

const outcome = z.object({
  "outcome-id": z.string("can't be blank").min(1, "can't be blank"),
  description: z.string("can't be blank").min(1, "can't be blank"),
  body: z
    .string()
    .refine((text) => Buffer.byteLength(text) <= mostBytes, "is too long (maximum is 5 MB)")
    .nullable()
    .default(null),
  url: z.url("is invalid").nullable().default(null),
  tags: z
    .record(
      z.string(),
      z.array(z.object({ label: z.string(), level: z.enum(["none", "info", "warning", "error"]).default("none") })),
    )
    .default({}),
});

/** Takes what a task says of its run. The token must be the one that the task got with its request. */
function takeCallback(request: HcpRequest, callback: string): RestResponse {
  const { store, runs, token, body, note } = request;
  const result = store.taskResults.all.find((one) => one.callback === callback);
  if (result === undefined || token.taskResult !== result.id) {
    throw new ApiError(401, { title: "unauthorized" });
  }
  const { status, message, url } = attributesOf(body, changes);
  if (isSettled(result.status)) {
    throw invalid("status", `Status cannot change from ${result.status}`);
  }
  const outcomes = related(body, "outcomes")?.map(({ type, attributes }) => {
    if (type !== "task-result-outcomes") {
      throw invalid("outcomes", "Outcomes must be of the type task-result-outcomes");
    }
    return outcomeFrom(attributes);
  });
  const all = outcomes && [...result.outcomes, ...outcomes];
  runs.tasks.take(result.id, { status, message, url, outcomes: all });
  note({ resource: `task-results ${result.id}` });
  return { status: 200 };
}

function outcomeFrom(attributes: object): Outcome {
  const { data, error } = outcome.safeParse(attributes);
  if (error) {
    throw invalid("outcomes", z.prettifyError(error));
  }
  return data;
}

function listTaskStages(request: HcpRequest, id: string): RestResponse {
  const { id: run } = runOf(request, (one) => one.id === id);
  const stages = request.store.taskStages.all.filter((stage) => stage.run === run);
  return ok(stages.map((stage) => taskStageResource(request, stage)));
}

function taskStageOf(request: HcpRequest, id: string): TaskStage {
  const stage = request.store.taskStages.get(id);
  runOf(request, (run) => run.id === stage?.run);
  if (stage === undefined) {
    throw notFound();
  }
  return stage;
}

function taskResultOf(request: HcpRequest, id: string): TaskResult {
  const result = request.store.taskResults.get(id);
  if (result === undefined) {
    throw notFound();
  }
  taskStageOf(request, result.taskStage);
  return result;
}

/** Lists what a task found, each with its body beside it. */
function listOutcomes(request: HcpRequest, id: string): RestResponse {
  const { outcomes } = taskResultOf(request, id);
  return ok(
    outcomes.map((one, number) => ({ id: `${id}-${number}`, type: "task-result-outcomes", attributes: { ...one } })),
  );
}

export const taskResultRoutes: readonly Route[] = [
  ["GET", "/runs/:id/task-stages", (request, id = "") => listTaskStages(request, id)],
  ["GET", "/task-stages/:id", (request, id = "") => ok(taskStageResource(request, taskStageOf(request, id)))],
  ["GET", "/task-results/:id", (request, id = "") => ok(taskResultResource(request, taskResultOf(request, id)))],
  ["GET", "/task-results/:id/outcomes", (request, id = "") => listOutcomes(request, id)],
  ["PATCH", "/task-results/:id/callback", (request, id = "") => takeCallback(request, id)],
];
