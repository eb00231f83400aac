import { z } from "zod";

import { newId } from "../records/identifiers";
import { changed } from "../records/table";
import type { Variable } from "../records/variable";
import { administered, organizationOf, workspaceOf } from "./access";
import { invalid, notFound } from "./api-error";
import { type HcpRequest, noContent, ok, type Resource, type RestResponse, type Route, toOne } from "./request";
import { attributesOf } from "./request-body";

/** Returns a variable as a resource; a sensitive one's value is never told. */
export function variableResource({ store }: HcpRequest, { id, owner, attributes }: Variable): Resource {
  const isOfSet = store.variableSets.get(owner) !== undefined;
  const path = isOfSet ? `varsets/${owner}/relationships/vars` : `workspaces/${owner}/vars`;
  return {
    id,
    type: "vars",
    attributes: { ...attributes, value: attributes.sensitive ? null : attributes.value },
    relationships: isOfSet ? { varset: toOne("varsets", owner) } : { configurable: toOne("workspaces", owner) },
    links: { self: `/api/v2/${path}/${id}` },
  };
}

const settings = z.object({
  key: z.string("can't be blank").regex(/^[\w-]+$/, "is invalid"),
  value: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  category: z.enum(["terraform", "env"], "is not included in the list"),
  hcl: z.boolean().optional(),
  sensitive: z.boolean().optional(),
});

function listVariables(request: HcpRequest, owner: string): RestResponse {
  const variables = request.store.variables.all.filter((one) => one.owner === owner);
  return ok(variables.map((variable) => variableResource(request, variable)));
}

function createVariable(request: HcpRequest, owner: string): RestResponse {
  const { store, body, note } = request;
  const { key, category, value, description = null, hcl = false, sensitive = false } = attributesOf(body, settings);
  const isTaken = (one: Variable) =>
    one.owner === owner && one.attributes.key === key && one.attributes.category === category;
  if (store.variables.all.some(isTaken)) {
    throw invalid("key", "Key has already been taken");
  }
  const attributes = { key, category, value: value ?? "", description, hcl, sensitive };
  const variable = store.variables.add({ id: newId("var"), owner, attributes });
  note({ resource: `vars ${variable.id}` });
  return ok(variableResource(request, variable), 201);
}

/** Changes a variable; what was sensitive stays so. */
function updateVariable(request: HcpRequest, owner: string, id: string): RestResponse {
  const { store, body, note } = request;
  const { attributes } = variableOf(request, owner, id);
  const { value, ...changes } = attributesOf(body, settings.partial());
  if (attributes.sensitive && changes.sensitive === false) {
    throw invalid("sensitive", "Sensitive cannot be changed back");
  }
  const updated = changed(attributes, { ...changes, value: value === null ? "" : value });
  note({ resource: `vars ${id}` });
  return ok(variableResource(request, store.variables.change(id, { attributes: updated })));
}

function variableOf({ store }: HcpRequest, owner: string, id: string): Variable {
  const variable = store.variables.get(id);
  if (variable?.owner !== owner) {
    throw notFound();
  }
  return variable;
}

function deleteVariable(request: HcpRequest, owner: string, id: string): RestResponse {
  request.store.variables.delete(variableOf(request, owner, id).id);
  request.note({ resource: `vars ${id}` });
  return noContent;
}

function ofWorkspace(request: HcpRequest, id: string): string {
  return workspaceOf(request, id, "write").id;
}

function ofSet(request: HcpRequest, id: string): string {
  const set = request.store.variableSets.get(id);
  if (set === undefined) {
    throw notFound();
  }
  organizationOf(request, set.organization);
  return administered(request, set.organization) && id;
}

/** The same calls for a workspace's variables and for those of a set. */
function routesBelow(path: string, ownerOf: (request: HcpRequest, id: string) => string): readonly Route[] {
  return [
    ["GET", path, (request, owner = "") => listVariables(request, ownerOf(request, owner))],
    ["POST", path, (request, owner = "") => createVariable(request, ownerOf(request, owner))],
    [
      "GET",
      `${path}/:id`,
      (request, owner = "", id = "") => ok(variableResource(request, variableOf(request, ownerOf(request, owner), id))),
    ],
    ["PATCH", `${path}/:id`, (request, owner = "", id = "") => updateVariable(request, ownerOf(request, owner), id)],
    ["DELETE", `${path}/:id`, (request, owner = "", id = "") => deleteVariable(request, ownerOf(request, owner), id)],
  ];
}

export const variableRoutes: readonly Route[] = [
  ...routesBelow("/workspaces/:owner/vars", ofWorkspace),
  ...routesBelow("/varsets/:owner/relationships/vars", ofSet),
];
