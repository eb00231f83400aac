import type { Phase, Run } from "../records/run";
import { mayDo } from "../records/token";
import { runOf } from "./access";
import { notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route } from "./request";

export function planResource(request: HcpRequest, { plan, hasChanges, executionMode }: Run): Resource {
  return {
    ...phaseResource(request, "plans", plan, {
      "execution-details": { mode: executionMode },
      "generated-configuration": false,
      "has-changes": hasChanges,
    }),
    links: { self: `/api/v2/plans/${plan.id}`, "json-output": `/api/v2/plans/${plan.id}/json-output` },
  };
}

export function applyResource(request: HcpRequest, { apply }: Run): Resource {
  return phaseResource(request, "applies", apply, {});
}

function phaseResource({ archivist }: HcpRequest, type: string, phase: Phase, more: Resource["attributes"]): Resource {
  const { id, status, timestamps, counts, log } = phase;
  return {
    id,
    type,
    attributes: {
      ...more,
      ...counts,
      status,
      "status-timestamps": timestamps,
      "log-read-url": `${archivist}/v1/object/${log}`,
    },
    links: { self: `/api/v2/${type}/${id}` },
  };
}

/** Sends to where the plan's JSON lies for a minute. Only who administers the workspace may read it, and a run task. */
function sendToJson(request: HcpRequest, run: Run): RestResponse {
  const { store, token, archivist } = request;
  if (token.kind !== "task" && !mayDo(token, "admin")) {
    throw notFound();
  }
  const { json } = run.plan;
  return json === null
    ? noContent
    : { status: 307, location: `${archivist}/v1/object/${store.objects.alias(json, 60_000)}` };
}

export const phaseRoutes: readonly Route[] = [
  [
    "GET",
    "/plans/:id",
    (request, id = "") =>
      ok(
        planResource(
          request,
          runOf(request, ({ plan }) => plan.id === id),
        ),
      ),
  ],
  [
    "GET",
    "/plans/:id/json-output",
    (request, id = "") =>
      sendToJson(
        request,
        runOf(request, ({ plan }) => plan.id === id),
      ),
  ],
  [
    "GET",
    "/plans/:id/json-output-redacted",
    (request, id = "") =>
      sendToJson(
        request,
        runOf(request, ({ plan }) => plan.id === id),
      ),
  ],
  [
    "GET",
    "/runs/:id/plan/json-output",
    (request, id = "") =>
      sendToJson(
        request,
        runOf(request, (run) => run.id === id),
      ),
  ],
  [
    "GET",
    "/applies/:id",
    (request, id = "") =>
      ok(
        applyResource(
          request,
          runOf(request, ({ apply }) => apply.id === id),
        ),
      ),
  ],
];
