import type { Person } from "../repositories/commit";
import type { RepositoryRequest, RestRequest } from "./request";

/** Returns the repository's address in the API. */
export function repositoryUrl({ api, repository }: RepositoryRequest): string {
  return `${api}/repos/${fullName(repository)}`;
}

/** Returns the address of the repository's page. */
export function pageUrl({ server, repository }: RepositoryRequest): string {
  return `${server}/${fullName(repository)}`;
}

export function fullName({ metadata: { owner, name } }: RepositoryRequest["repository"]): string {
  return `${owner}/${name}`;
}

export function encodedPath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Returns what answers say of an account. */
export function accountBody({ accounts, api, server }: RestRequest, login: string) {
  return {
    login,
    id: accounts.id(login),
    type: accounts.isOrganization(login) ? "Organization" : "User",
    url: `${api}/users/${login}`,
    html_url: `${server}/${login}`,
    site_admin: false,
  };
}

/** Returns whom commits name that name nobody else: the user whose token it is. */
export function tokenUser({ accounts: { user } }: RestRequest): Person {
  return { name: user, email: `${user}@users.noreply.localhost`, date: undefined };
}
