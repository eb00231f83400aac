import { z } from "zod";
import { isFinal, type Run } from "../records/run";
import { mayDo } from "../records/token";
import { latestConfiguration } from "../runs/configuration";
import { organizationOf, runOf, seesWorkspace, workspaceOf } from "./access";
import { ApiError, conflict, notFound } from "./api-error";
import { accepted, type HcpRequest, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, relatedId, requiredId } from "./request-body";

export function runResource({ store, runs, token }: HcpRequest, run: Run): Resource {
  const { id, status, workspace, createdBy } = run;
  const write = mayDo(token, "write");
  const stages = store.taskStages.all.filter((stage) => stage.run === id).map((stage) => stage.id);
  return {
    id,
    type: "runs",
    attributes: {
      ...run.attributes,
      actions: {
        "is-cancelable": isCancelable(run),
        "is-confirmable": runs.isConfirmable(run),
        "is-discardable": runs.isConfirmable(run) || status === "pending",
        "is-force-cancelable": false,
      },
      "allow-config-generation": false,
      "canceled-at": run.timestamps["canceled-at"] ?? null,
      "created-at": run.createdAt,
      "has-changes": run.hasChanges,
      "position-in-queue": 0,
      permissions: {
        "can-apply": write,
        "can-cancel": mayDo(token, "plan"),
        "can-discard": write,
        "can-force-cancel": mayDo(token, "admin"),
        "can-force-execute": write,
      },
      "save-plan": false,
      status,
      "status-timestamps": run.timestamps,
      variables: [],
    },
    relationships: {
      workspace: toOne("workspaces", workspace),
      plan: toOne("plans", run.plan.id),
      apply: toOne("applies", run.apply.id),
      "configuration-version": toOne("configuration-versions", run.configurationVersion),
      "created-by": toOne(createdBy.type, createdBy.id),
      "cost-estimate": { data: null },
      "policy-checks": { data: [] },
      "task-stages": toMany("task-stages", stages),
    },
    links: { self: `/api/v2/runs/${id}` },
  };
}

const working = ["fetching", "pre_plan_running", "plan_queued", "planning", "post_plan_running"];

function isCancelable({ status }: Run): boolean {
  return [...working, "pre_apply_running", "apply_queued", "applying"].includes(status);
}

const described = z.object({
  "allow-empty-apply": z.boolean().optional(),
  "auto-apply": z.boolean().optional(),
  "is-destroy": z.boolean().optional(),
  message: z.string().optional(),
  "plan-only": z.boolean().optional(),
  refresh: z.boolean().optional(),
  "refresh-only": z.boolean().optional(),
  "replace-addrs": z.array(z.string()).nullable().optional(),
  "target-addrs": z.array(z.string()).nullable().optional(),
  "terraform-version": z.string().optional(),
});

function createRun(request: HcpRequest): RestResponse {
  const { store, runs, token, body, note } = request;
  const workspace = workspaceOf(request, requiredId(body, "workspace"), "plan");
  if (token.kind === "organization") {
    throw notFound();
  }
  const attributes = attributesOf(body, described);
  if (attributes["is-destroy"] && !workspace.attributes["allow-destroy-plan"]) {
    throw refused("Destroy plans are not allowed in this workspace");
  }
  if (attributes["is-destroy"] && attributes["refresh-only"]) {
    throw refused("A run cannot be both is-destroy and refresh-only");
  }
  const configurationVersion = relatedId(body, "configuration-version") || latestConfiguration(store, workspace);
  if (configurationVersion === undefined) {
    throw refused("Configuration version is missing");
  }
  const configuration = store.configurationVersions.get(configurationVersion);
  if (configuration?.status !== "uploaded") {
    throw refused("Configuration version is not uploaded");
  }
  const createdBy = { type: token.kind === "user" ? "users" : "teams", id: token.holder, name: token.name } as const;
  const run = runs.create({ workspace, configurationVersion, createdBy, attributes });
  note({ resource: `runs ${run.id}` });
  return ok(runResource(request, run), 201);
}

function refused(detail: string): ApiError {
  return new ApiError(422, { title: "unprocessable entity", detail });
}

function listRuns(request: HcpRequest, matches: (run: Run) => boolean): RestResponse {
  const { store, query } = request;
  const [status, operation] = ["filter[status]", "filter[operation]"].map((key) => query.get(key)?.split(","));
  const found = store.runs.all.filter(
    (run) => matches(run) && (status?.includes(run.status) ?? true) && (operation?.includes(operationOf(run)) ?? true),
  );
  return ok(found.reverse().map((run) => runResource(request, run)));
}

function listOrganizationRuns(request: HcpRequest, name: string): RestResponse {
  organizationOf(request, name);
  return listRuns(request, (run) => {
    const workspace = request.store.workspaces.the(run.workspace);
    return workspace.organization === name && seesWorkspace(request.token, workspace);
  });
}

function operationOf({ attributes }: Run): string {
  const operations = { "plan-only": "plan_only", "is-destroy": "destroy", "refresh-only": "refresh_only" } as const;
  const [operation] = Object.entries(operations).filter(([name]) => attributes[name as keyof typeof operations]);
  return operation?.[1] ?? "plan_and_apply";
}

function confirm(request: HcpRequest, id: string): RestResponse {
  const run = runOf(request, (one) => one.id === id, "write");
  if (!request.runs.isConfirmable(run)) {
    throw conflict("transition not allowed");
  }
  request.runs.confirm(run);
  return accepted;
}

function discard(request: HcpRequest, id: string): RestResponse {
  const run = runOf(request, (one) => one.id === id, "write");
  if (!request.runs.isConfirmable(run) && run.status !== "pending") {
    throw conflict("transition not allowed");
  }
  request.runs.end(run, "discarded");
  return accepted;
}

function cancel(request: HcpRequest, id: string): RestResponse {
  const run = runOf(request, (one) => one.id === id, "plan");
  if (isFinal(run) || !isCancelable(run)) {
    throw conflict("transition not allowed");
  }
  request.runs.end(run, "canceled");
  return accepted;
}

export const runRoutes: readonly Route[] = [
  ["POST", "/runs", createRun],
  [
    "GET",
    "/runs/:id",
    (request, id = "") =>
      ok(
        runResource(
          request,
          runOf(request, (run) => run.id === id),
        ),
      ),
  ],
  [
    "GET",
    "/workspaces/:id/runs",
    (request, id = "") => listRuns(request, (run) => run.workspace === workspaceOf(request, id).id),
  ],
  ["GET", "/organizations/:name/runs", (request, name = "") => listOrganizationRuns(request, name)],
  // What happened to a run beside its statuses is not kept; Terraform asks for it.
  ["GET", "/runs/:id/run-events", (request, id = "") => ok(runOf(request, (run) => run.id === id) && [])],
  ["POST", "/runs/:id/actions/apply", (request, id = "") => confirm(request, id)],
  ["POST", "/runs/:id/actions/discard", (request, id = "") => discard(request, id)],
  ["POST", "/runs/:id/actions/cancel", (request, id = "") => cancel(request, id)],
];
