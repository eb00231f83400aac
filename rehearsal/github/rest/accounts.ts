import { notFound } from "./http-error";
import { accountBody } from "./links";
import { createRepository } from "./repositories";
import { ok, type RestRequest, type Route } from "./request";

function organization({ accounts }: RestRequest, login: string): string {
  const known = accounts.knownLogin(login);
  if (known === undefined || !accounts.isOrganization(login)) {
    throw notFound();
  }
  return known;
}

export const accountRoutes: readonly Route<RestRequest>[] = [
  ["GET", "/user", (request) => ok(accountBody(request, request.accounts.user))],
  ["GET", "/orgs/:login", (request, login) => ok(accountBody(request, organization(request, login)))],
  ["POST", "/user/repos", (request) => createRepository(request, request.accounts.user)],
  ["POST", "/orgs/:login/repos", (request, login) => createRepository(request, organization(request, login))],
];
