import { z } from "zod";

import type { ConfigurationVersion } from "../records/configuration-version";
import { newConfiguration } from "../runs/configuration";
import { runOf, workspaceOf } from "./access";
import { notFound } from "./api-error";
import { type HcpRequest, ok, type Resource, type RestResponse, type Route } from "./request";
import { attributesOf } from "./request-body";

export function configurationVersionResource({ archivist }: HcpRequest, version: ConfigurationVersion): Resource {
  const { id, status, source, speculative, autoQueueRuns, archive } = version;
  return {
    id,
    type: "configuration-versions",
    attributes: {
      "auto-queue-runs": autoQueueRuns,
      error: null,
      "error-message": null,
      provisional: false,
      source,
      speculative,
      status,
      "status-timestamps": {},
      "upload-url": status === "pending" ? `${archivist}/v1/object/${archive}` : null,
    },
    relationships: { "ingress-attributes": { data: null } },
    links: { self: `/api/v2/configuration-versions/${id}` },
  };
}

const described = z.object({
  "auto-queue-runs": z.boolean().default(true),
  speculative: z.boolean().default(false),
});

function createVersion(request: HcpRequest, workspace: string): RestResponse {
  workspaceOf(request, workspace, "plan");
  const { speculative, "auto-queue-runs": autoQueueRuns } = attributesOf(request.body, described);
  const version = newConfiguration(request.store, {
    workspace,
    source: "tfe-api",
    status: "pending",
    speculative,
    autoQueueRuns,
  });
  request.note({ resource: `configuration-versions ${version.id}` });
  return ok(configurationVersionResource(request, version), 201);
}

function versionOf(request: HcpRequest, id: string): ConfigurationVersion {
  const { store, token } = request;
  const version = store.configurationVersions.get(id);
  if (version === undefined) {
    throw notFound();
  }
  if (token.kind === "task") {
    runOf(request, (run) => run.id === token.run && run.configurationVersion === id);
  } else {
    workspaceOf(request, version.workspace);
  }
  return version;
}

function sendToArchive(request: HcpRequest, { archive }: ConfigurationVersion): RestResponse {
  if (!request.store.objects.has(archive)) {
    throw notFound();
  }
  return { status: 302, location: `${request.archivist}/v1/object/${request.store.objects.alias(archive, 60_000)}` };
}

function listVersions(request: HcpRequest, id: string): RestResponse {
  workspaceOf(request, id);
  const versions = request.store.configurationVersions.all.filter(({ workspace }) => workspace === id);
  return ok(versions.reverse().map((version) => configurationVersionResource(request, version)));
}

export const configurationVersionRoutes: readonly Route[] = [
  ["POST", "/workspaces/:id/configuration-versions", (request, id = "") => createVersion(request, id)],
  ["GET", "/workspaces/:id/configuration-versions", (request, id = "") => listVersions(request, id)],
  [
    "GET",
    "/configuration-versions/:id",
    (request, id = "") => ok(configurationVersionResource(request, versionOf(request, id))),
  ],
  ["GET", "/configuration-versions/:id/download", (request, id = "") => sendToArchive(request, versionOf(request, id))],
];
