import type { Tags } from "../records/project";
import { workspaceOf } from "./access";
import { ApiError } from "./api-error";
import { type HcpRequest, noContent, ok, type RestResponse, type Route } from "./request";
import { listed } from "./request-body";
import { tagResources, tagsIn, workspaceTagResources } from "./tags";
import { workspaceResource } from "./workspace-resource";

function listConsumers(request: HcpRequest, id: string): RestResponse {
  const { consumers } = workspaceOf(request, id);
  return ok(consumers.map((consumer) => workspaceResource(request, request.store.workspaces.the(consumer))));
}

function changeConsumers(change: (present: readonly string[], named: readonly string[]) => readonly string[]) {
  return (request: HcpRequest, id = ""): RestResponse => {
    const { organization, consumers } = workspaceOf(request, id, "admin");
    const { store, note } = request;
    const named = listed(request.body).map((one) => one.id);
    const stranger = named.find((one) => store.workspaces.get(one)?.organization !== organization || one === id);
    if (stranger !== undefined) {
      throw new ApiError(422, {
        title: "unprocessable entity",
        detail: `'${stranger}' cannot be a remote state consumer`,
      });
    }
    store.workspaces.change(id, { consumers: [...new Set(change(consumers, named))] });
    note({ resource: `workspaces ${id} remote-state-consumers` });
    return noContent;
  };
}

function listTags(request: HcpRequest, id: string): RestResponse {
  const names = Object.keys(workspaceOf(request, id).tags);
  return ok(names.map((name) => ({ id: `tag-${name}`, type: "tags", attributes: { name, "instance-count": 1 } })));
}

function changeTags(request: HcpRequest, id: string, change: (present: Tags, named: Tags) => Tags): Tags {
  const { tags } = workspaceOf(request, id, "admin");
  const changed = change(tags, tagsIn(listed(request.body)));
  request.store.workspaces.change(id, { tags: changed });
  request.note({ resource: `workspaces ${id} tags` });
  return changed;
}

const added = (present: Tags, named: Tags): Tags => ({ ...present, ...named });

function removed(present: Tags, named: Tags): Tags {
  return Object.fromEntries(Object.entries(present).filter(([key]) => !(key in named)));
}

function addTags(request: HcpRequest, id: string): RestResponse {
  changeTags(request, id, added);
  return noContent;
}

function removeTags(request: HcpRequest, id: string): RestResponse {
  changeTags(request, id, removed);
  return noContent;
}

const consumersPath = "/workspaces/:id/relationships/remote-state-consumers";
const tagsPath = "/workspaces/:id/relationships/tags";

export const workspaceRelationRoutes: readonly Route[] = [
  ["GET", consumersPath, (request, id = "") => listConsumers(request, id)],
  ["POST", consumersPath, changeConsumers((present, named) => [...present, ...named])],
  ["PATCH", consumersPath, changeConsumers((_, named) => named)],
  ["DELETE", consumersPath, changeConsumers((present, named) => present.filter((id) => !named.includes(id)))],
  ["GET", tagsPath, (request, id = "") => listTags(request, id)],
  ["POST", tagsPath, (request, id = "") => addTags(request, id)],
  ["DELETE", tagsPath, (request, id = "") => removeTags(request, id)],
  ["GET", "/workspaces/:id/tag-bindings", (request, id = "") => ok(tagResources(id, workspaceOf(request, id).tags))],
  ["PATCH", "/workspaces/:id/tag-bindings", (request, id = "") => ok(tagResources(id, changeTags(request, id, added)))],
  [
    "GET",
    "/workspaces/:id/effective-tag-bindings",
    (request, id = "") => ok(workspaceTagResources(request.store, workspaceOf(request, id))),
  ],
];
