import { z } from "zod";

import type { Organization } from "../records/organization";
import { changed } from "../records/table";
import { mayDo } from "../records/token";
import { administered, organizationOf } from "./access";
import { type HcpRequest, ok, type Resource, type RestResponse, type Route, toOne } from "./request";
import { attributesOf } from "./request-body";

export function organizationResource({ token }: HcpRequest, organization: Organization): Resource {
  const owner = mayDo(token, "admin") && token.workspaces === null;
  return {
    id: organization.id,
    type: "organizations",
    attributes: {
      name: organization.id,
      "external-id": organization.externalId,
      ...organization.attributes,
      permissions: {
        "can-create-project": owner,
        "can-create-workspace": owner,
        "can-destroy": owner,
        "can-manage-run-tasks": owner,
        "can-manage-varsets": owner,
        "can-traverse": true,
        "can-update": owner,
        "can-update-agent-pools": owner,
        "can-update-oauth": owner,
      },
    },
    relationships: {
      "default-project": toOne("projects", organization.defaultProject),
      "default-agent-pool": toOne("agent-pools", organization.defaultAgentPool),
    },
    links: { self: `/api/v2/organizations/${organization.id}` },
  };
}

const settings = z.object({
  email: z.string().optional(),
  "default-execution-mode": z.enum(["remote", "local", "agent"]).optional(),
  "allow-force-delete-workspaces": z.boolean().optional(),
});

function listOrganizations(request: HcpRequest): RestResponse {
  const { store, token } = request;
  return ok(token.organizations.map((name) => organizationResource(request, store.organizations.the(name))));
}

function updateOrganization(request: HcpRequest, name: string): RestResponse {
  const { attributes } = administered(request, name);
  const changes = attributesOf(request.body, settings);
  return ok(
    organizationResource(
      request,
      request.store.organizations.change(name, { attributes: changed(attributes, changes) }),
    ),
  );
}

function readEntitlements(request: HcpRequest, name: string): RestResponse {
  const { externalId, entitlements } = organizationOf(request, name);
  return ok({ id: externalId, type: "entitlement-sets", attributes: entitlements });
}

/** Says who the token's holder is, by which a login is tried. */
function readAccount({ token }: HcpRequest): RestResponse {
  return ok({
    id: token.holder,
    type: "users",
    attributes: { username: token.name, "is-service-account": token.kind !== "user" },
  });
}

export const organizationRoutes: readonly Route[] = [
  ["GET", "/account/details", readAccount],
  ["GET", "/organizations", listOrganizations],
  [
    "GET",
    "/organizations/:name",
    (request, name = "") => ok(organizationResource(request, organizationOf(request, name))),
  ],
  ["PATCH", "/organizations/:name", updateOrganization],
  ["GET", "/organizations/:name/entitlement-set", readEntitlements],
];
