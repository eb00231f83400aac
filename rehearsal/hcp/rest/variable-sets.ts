import { z } from "zod";

import { newId } from "../records/identifiers";
import { changed } from "../records/table";
import type { VariableSet } from "../records/variable";
import { administered, organizationOf, projectOf, workspaceOf } from "./access";
import { invalid, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, listed, related } from "./request-body";

export function variableSetResource({ store }: HcpRequest, set: VariableSet): Resource {
  const { id, organization, attributes, workspaces, projects, parent } = set;
  const variables = store.variables.all.filter(({ owner }) => owner === id).map((variable) => variable.id);
  return {
    id,
    type: "varsets",
    attributes: {
      ...attributes,
      "var-count": variables.length,
      "workspace-count": workspaces.length,
      "project-count": projects.length,
    },
    relationships: {
      organization: toOne("organizations", organization),
      parent: toOne(parent.type, parent.id),
      workspaces: toMany("workspaces", workspaces),
      projects: toMany("projects", projects),
      vars: toMany("vars", variables),
    },
    links: { self: `/api/v2/varsets/${id}` },
  };
}

const settings = z.object({
  name: z.string("can't be blank").min(1, "can't be blank"),
  description: z.string().nullable().optional(),
  global: z.boolean().optional(),
  priority: z.boolean().optional(),
});

function listVariableSets(request: HcpRequest, matches: (set: VariableSet) => boolean): RestResponse {
  return ok(request.store.variableSets.all.filter(matches).map((set) => variableSetResource(request, set)));
}

function createVariableSet(request: HcpRequest, organization: string): RestResponse {
  administered(request, organization);
  const { store, body, note } = request;
  const { name, description = null, global = false, priority = false } = attributesOf(body, settings);
  refuseTaken(request, organization, name);
  const [project] = related(body, "parent")?.filter(({ type }) => type === "projects") ?? [];
  const set = store.variableSets.add({
    id: newId("varset"),
    organization,
    attributes: { name, description, global, priority },
    workspaces: idsOf(request, "workspaces") ?? [],
    projects: idsOf(request, "projects") ?? [],
    parent: project ? { type: "projects", id: project.id } : { type: "organizations", id: organization },
  });
  note({ resource: `varsets ${set.id}` });
  return ok(variableSetResource(request, set), 201);
}

function updateVariableSet(request: HcpRequest, id: string): RestResponse {
  const { organization, attributes } = changeable(request, id);
  const { store, body, note } = request;
  const changes = attributesOf(body, settings.partial());
  if (changes.name !== undefined && changes.name !== attributes.name) {
    refuseTaken(request, organization, changes.name);
  }
  const updated = store.variableSets.change(id, {
    attributes: changed(attributes, changes),
    workspaces: idsOf(request, "workspaces"),
    projects: idsOf(request, "projects"),
  });
  note({ resource: `varsets ${id}` });
  return ok(variableSetResource(request, updated));
}

/** Returns the ids of a relationship, all of which the token must see. */
function idsOf(request: HcpRequest, name: "workspaces" | "projects"): string[] | undefined {
  return related(request.body, name)?.map(
    ({ id }) => (name === "workspaces" ? workspaceOf : projectOf)(request, id).id,
  );
}

function refuseTaken({ store }: HcpRequest, organization: string, name: string): void {
  if (store.variableSets.all.some((one) => one.organization === organization && one.attributes.name === name)) {
    throw invalid("name", "Name has already been taken");
  }
}

function changeRelated(name: "workspaces" | "projects", keep: (id: string, named: readonly string[]) => boolean) {
  return (request: HcpRequest, id = ""): RestResponse => {
    const set = changeable(request, id);
    const named = listed(request.body).map(
      (one) => (name === "workspaces" ? workspaceOf : projectOf)(request, one.id).id,
    );
    const all = [...new Set([...set[name], ...named])].filter((one) => keep(one, named));
    request.store.variableSets.change(id, { [name]: all });
    request.note({ resource: `varsets ${id} ${name}` });
    return noContent;
  };
}

function variableSetOf(request: HcpRequest, id: string): VariableSet {
  const set = request.store.variableSets.get(id);
  if (set === undefined) {
    throw notFound();
  }
  organizationOf(request, set.organization);
  return set;
}

function changeable(request: HcpRequest, id: string): VariableSet {
  const set = variableSetOf(request, id);
  administered(request, set.organization);
  return set;
}

function deleteVariableSet(request: HcpRequest, id: string): RestResponse {
  changeable(request, id);
  const { store, note } = request;
  store.variables.deleteWhere(({ owner }) => owner === id);
  store.variableSets.delete(id);
  note({ resource: `varsets ${id}` });
  return noContent;
}

function listOfOrganization(request: HcpRequest, name: string): RestResponse {
  organizationOf(request, name);
  const search = request.query.get("q") ?? "";
  return listVariableSets(request, (set) => set.organization === name && set.attributes.name.includes(search));
}

function listOfWorkspace(request: HcpRequest, id: string): RestResponse {
  const { organization, project } = workspaceOf(request, id);
  return listVariableSets(
    request,
    (set) =>
      set.organization === organization &&
      (set.attributes.global || set.workspaces.includes(id) || set.projects.includes(project)),
  );
}

const setPath = "/varsets/:id";

export const variableSetRoutes: readonly Route[] = [
  ["GET", "/organizations/:name/varsets", (request, name = "") => listOfOrganization(request, name)],
  ["POST", "/organizations/:name/varsets", (request, name = "") => createVariableSet(request, name)],
  ["GET", "/workspaces/:id/varsets", (request, id = "") => listOfWorkspace(request, id)],
  ["GET", setPath, (request, id = "") => ok(variableSetResource(request, variableSetOf(request, id)))],
  ["PATCH", setPath, (request, id = "") => updateVariableSet(request, id)],
  ["DELETE", setPath, (request, id = "") => deleteVariableSet(request, id)],
  ["POST", `${setPath}/relationships/workspaces`, changeRelated("workspaces", () => true)],
  ["DELETE", `${setPath}/relationships/workspaces`, changeRelated("workspaces", (id, named) => !named.includes(id))],
  ["POST", `${setPath}/relationships/projects`, changeRelated("projects", () => true)],
  ["DELETE", `${setPath}/relationships/projects`, changeRelated("projects", (id, named) => !named.includes(id))],
];
