import type { Installation, OauthToken } from "../records/vcs";
import { organizationOf } from "./access";
import { notFound } from "./api-error";
import { type HcpRequest, ok, type Resource, type RestResponse, type Route, toMany, toOne } from "./request";

function installationResource({ id, name, number }: Installation): Resource {
  return {
    id,
    type: "github-app-installations",
    attributes: {
      name,
      "installation-id": number,
      "icon-url": null,
      "installation-type": "Organization",
      "installation-url": `https://github.com/organizations/${name}/settings/installations/${number}`,
    },
  };
}

/** GitHub's app is of a user's: other tokens see none. */
function listInstallations({ store, token, query }: HcpRequest): RestResponse {
  const [name, number] = ["filter[name]", "filter[installation_id]"].map((key) => query.get(key));
  const installations = store.installations.all.filter(
    (one) => (name == null || one.name === name) && (number == null || String(one.number) === number),
  );
  return ok(token.kind === "user" ? installations.map(installationResource) : []);
}

function readInstallation({ store, token }: HcpRequest, id: string): RestResponse {
  const installation = store.installations.get(id);
  if (installation === undefined || token.kind !== "user") {
    throw notFound();
  }
  return ok(installationResource(installation));
}

function oauthTokenResource({ id, client, createdAt }: OauthToken): Resource {
  return {
    id,
    type: "oauth-tokens",
    attributes: { "created-at": createdAt, "has-ssh-key": false, "service-provider-user": "rehearser" },
    relationships: { "oauth-client": toOne("oauth-clients", client) },
  };
}

function oauthClientResource({ id, client, serviceProvider, organization, createdAt }: OauthToken): Resource {
  return {
    id: client,
    type: "oauth-clients",
    attributes: {
      "created-at": createdAt,
      name: null,
      "service-provider": serviceProvider,
      "organization-scoped": true,
    },
    relationships: { organization: toOne("organizations", organization), "oauth-tokens": toMany("oauth-tokens", [id]) },
  };
}

function listOf(request: HcpRequest, name: string, resource: (token: OauthToken) => Resource): RestResponse {
  organizationOf(request, name);
  return ok(request.store.oauthTokens.all.filter(({ organization }) => organization === name).map(resource));
}

function oneOf(
  request: HcpRequest,
  matches: (token: OauthToken) => boolean,
  resource: (token: OauthToken) => Resource,
) {
  const token = request.store.oauthTokens.all.find(matches);
  if (token === undefined) {
    throw notFound();
  }
  organizationOf(request, token.organization);
  return ok(resource(token));
}

export const vcsRoutes: readonly Route[] = [
  ["GET", "/github-app/installations", listInstallations],
  ["GET", "/github-app/installation/:id", (request, id = "") => readInstallation(request, id)],
  ["GET", "/organizations/:name/oauth-tokens", (request, name = "") => listOf(request, name, oauthTokenResource)],
  ["GET", "/organizations/:name/oauth-clients", (request, name = "") => listOf(request, name, oauthClientResource)],
  ["GET", "/oauth-tokens/:id", (request, id = "") => oneOf(request, (token) => token.id === id, oauthTokenResource)],
  [
    "GET",
    "/oauth-clients/:id",
    (request, id = "") => oneOf(request, ({ client }) => client === id, oauthClientResource),
  ],
];
