import { z } from "zod";

import type { AgentPool } from "../records/agent-pool";
import { newId } from "../records/identifiers";
import { now } from "../records/now";
import { administered, organizationOf } from "./access";
import { ApiError, invalid, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, related } from "./request-body";

export function agentPoolResource({ store }: HcpRequest, pool: AgentPool): Resource {
  const { id, organization, name, organizationScoped, createdAt } = pool;
  const users = store.workspaces.all.filter(({ agentPool }) => agentPool === id).map((workspace) => workspace.id);
  return {
    id,
    type: "agent-pools",
    attributes: { name, "organization-scoped": organizationScoped, "created-at": createdAt, "agent-count": 0 },
    relationships: {
      organization: toOne("organizations", organization),
      workspaces: toMany("workspaces", users),
      "allowed-workspaces": toMany("workspaces", pool.allowedWorkspaces),
      "allowed-projects": toMany("projects", pool.allowedProjects),
      "excluded-workspaces": toMany("workspaces", pool.excludedWorkspaces),
    },
    links: { self: `/api/v2/agent-pools/${id}` },
  };
}

const settings = z.object({
  name: z.string("can't be blank").min(1, "can't be blank"),
  "organization-scoped": z.boolean().optional(),
});

function listAgentPools(request: HcpRequest, organization: string): RestResponse {
  organizationOf(request, organization);
  const pools = request.store.agentPools.all.filter((one) => one.organization === organization);
  return ok(pools.map((pool) => agentPoolResource(request, pool)));
}

function createAgentPool(request: HcpRequest, organization: string): RestResponse {
  administered(request, organization);
  const { store, body, note } = request;
  const { name, "organization-scoped": organizationScoped = true } = attributesOf(body, settings);
  refuseTaken(request, organization, name);
  const pool = store.agentPools.add({
    id: newId("apool"),
    organization,
    name,
    organizationScoped,
    allowedWorkspaces: idsOf(request, "allowed-workspaces") ?? [],
    allowedProjects: idsOf(request, "allowed-projects") ?? [],
    excludedWorkspaces: idsOf(request, "excluded-workspaces") ?? [],
    createdAt: now(),
  });
  note({ resource: `agent-pools ${pool.id}` });
  return ok(agentPoolResource(request, pool), 201);
}

function updateAgentPool(request: HcpRequest, id: string): RestResponse {
  const pool = agentPoolOf(request, id);
  administered(request, pool.organization);
  const { store, body, note } = request;
  const { name, "organization-scoped": organizationScoped } = attributesOf(body, settings.partial());
  if (name !== undefined && name !== pool.name) {
    refuseTaken(request, pool.organization, name);
  }
  const updated = store.agentPools.change(id, {
    name,
    organizationScoped,
    allowedWorkspaces: idsOf(request, "allowed-workspaces"),
    allowedProjects: idsOf(request, "allowed-projects"),
    excludedWorkspaces: idsOf(request, "excluded-workspaces"),
  });
  note({ resource: `agent-pools ${id}` });
  return ok(agentPoolResource(request, updated));
}

function idsOf({ body }: HcpRequest, relationship: string): string[] | undefined {
  return related(body, relationship)?.map(({ id }) => id);
}

function refuseTaken({ store }: HcpRequest, organization: string, name: string): void {
  if (store.agentPools.all.some((one) => one.organization === organization && one.name === name)) {
    throw invalid("name", "Name has already been taken");
  }
}

function agentPoolOf(request: HcpRequest, id: string): AgentPool {
  const pool = request.store.agentPools.get(id);
  if (pool === undefined) {
    throw notFound();
  }
  organizationOf(request, pool.organization);
  return pool;
}

function deleteAgentPool(request: HcpRequest, id: string): RestResponse {
  administered(request, agentPoolOf(request, id).organization);
  const { store, note } = request;
  if (store.workspaces.all.some(({ agentPool }) => agentPool === id)) {
    throw new ApiError(422, { title: "unprocessable entity", detail: "Agent pool is in use by workspaces" });
  }
  store.agentPools.delete(id);
  note({ resource: `agent-pools ${id}` });
  return noContent;
}

export const agentPoolRoutes: readonly Route[] = [
  ["GET", "/organizations/:name/agent-pools", (request, name = "") => listAgentPools(request, name)],
  ["POST", "/organizations/:name/agent-pools", (request, name = "") => createAgentPool(request, name)],
  ["GET", "/agent-pools/:id", (request, id = "") => ok(agentPoolResource(request, agentPoolOf(request, id)))],
  ["PATCH", "/agent-pools/:id", (request, id = "") => updateAgentPool(request, id)],
  ["DELETE", "/agent-pools/:id", (request, id = "") => deleteAgentPool(request, id)],
];
