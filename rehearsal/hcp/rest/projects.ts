import { z } from "zod";

import { newId } from "../records/identifiers";
import { newProject, type Project } from "../records/project";
import { administered, organizationOf, projectOf } from "./access";
import { ApiError, invalid } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";
import { attributesOf, listed } from "./request-body";
import { projectTagResources, relatedTags, tagResources, tagsIn } from "./tags";

export function projectResource({ store }: HcpRequest, project: Project): Resource {
  const { id, organization, name, description, createdAt, executionMode, agentPool, tags } = project;
  const idsOf = (resources: readonly Resource[]) => resources.map((resource) => resource.id);
  return {
    id,
    type: "projects",
    attributes: {
      name,
      description,
      "created-at": createdAt,
      "auto-destroy-activity-duration": null,
      "default-execution-mode":
        executionMode ?? store.organizations.the(organization).attributes["default-execution-mode"],
      "setting-overwrites": {
        "default-execution-mode": executionMode !== undefined,
        "default-agent-pool": agentPool !== null,
      },
      "workspace-count": store.workspaces.all.filter((one) => one.project === id).length,
      permissions: { "can-create-workspace": true, "can-destroy": true, "can-update": true },
    },
    relationships: {
      organization: toOne("organizations", organization),
      "default-agent-pool": toOne("agent-pools", agentPool),
      "tag-bindings": toMany("tag-bindings", idsOf(tagResources(id, tags))),
      "effective-tag-bindings": toMany("effective-tag-bindings", idsOf(projectTagResources(project))),
    },
    links: { self: `/api/v2/projects/${id}` },
  };
}

const settings = z.object({
  name: z
    .string("can't be blank")
    .regex(/^[\w -]{3,40}$/, "may only contain letters, numbers, spaces, '-', and '_', and is 3 to 40 long"),
  description: z.string().nullable().optional(),
  "default-execution-mode": z.enum(["remote", "local", "agent"]).optional(),
  "default-agent-pool-id": z.string().nullable().optional(),
});

function listProjects(request: HcpRequest, organization: string): RestResponse {
  organizationOf(request, organization);
  const { store, query } = request;
  const names = query.get("filter[names]")?.split(",");
  const projects = store.projects.all.filter(
    (one) => one.organization === organization && (names?.includes(one.name) ?? true),
  );
  return ok(projects.map((project) => projectResource(request, project)));
}

function createProject(request: HcpRequest, organization: string): RestResponse {
  administered(request, organization);
  const attributes = attributesOf(request.body, settings);
  refuseTaken(request, organization, attributes.name);
  const project = request.store.projects.add({
    ...newProject(newId("prj"), organization, attributes.name),
    description: attributes.description ?? null,
    executionMode: attributes["default-execution-mode"],
    agentPool: attributes["default-agent-pool-id"] ?? null,
    tags: relatedTags(request.body) ?? {},
  });
  request.note({ resource: `projects ${project.id}` });
  return ok(projectResource(request, project), 201);
}

function updateProject(request: HcpRequest, id: string): RestResponse {
  const project = projectOf(request, id);
  administered(request, project.organization);
  const changes = attributesOf(request.body, settings.partial());
  if (changes.name !== undefined && changes.name !== project.name) {
    refuseTaken(request, project.organization, changes.name);
  }
  const updated = request.store.projects.change(id, {
    name: changes.name,
    description: changes.description,
    executionMode: changes["default-execution-mode"],
    agentPool: changes["default-agent-pool-id"],
    tags: relatedTags(request.body),
  });
  request.note({ resource: `projects ${id}` });
  return ok(projectResource(request, updated));
}

function refuseTaken({ store }: HcpRequest, organization: string, name: string): void {
  if (store.projects.all.some((one) => one.organization === organization && one.name === name)) {
    throw invalid("name", "Name has already been taken");
  }
}

function deleteProject(request: HcpRequest, id: string): RestResponse {
  const { organization } = projectOf(request, id);
  const { store, note } = request;
  const { defaultProject } = administered(request, organization);
  if (id === defaultProject || store.workspaces.all.some(({ project }) => project === id)) {
    throw new ApiError(403, { title: "forbidden", detail: "Project must not contain any workspaces" });
  }
  store.projects.delete(id);
  note({ resource: `projects ${id}` });
  return noContent;
}

function changeTags(request: HcpRequest, id: string): RestResponse {
  const project = projectOf(request, id);
  const tags = { ...project.tags, ...tagsIn(listed(request.body)) };
  request.store.projects.change(id, { tags });
  return ok(tagResources(id, tags));
}

export const projectRoutes: readonly Route[] = [
  ["GET", "/organizations/:name/projects", (request, name = "") => listProjects(request, name)],
  ["POST", "/organizations/:name/projects", (request, name = "") => createProject(request, name)],
  ["GET", "/projects/:id", (request, id = "") => ok(projectResource(request, projectOf(request, id)))],
  ["PATCH", "/projects/:id", (request, id = "") => updateProject(request, id)],
  ["DELETE", "/projects/:id", (request, id = "") => deleteProject(request, id)],
  ["GET", "/projects/:id/tag-bindings", (request, id = "") => ok(tagResources(id, projectOf(request, id).tags))],
  [
    "GET",
    "/projects/:id/effective-tag-bindings",
    (request, id = "") => ok(projectTagResources(projectOf(request, id))),
  ],
  ["PATCH", "/projects/:id/tag-bindings", (request, id = "") => changeTags(request, id)],
];
