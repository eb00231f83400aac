import { Conflict } from "../repositories/bare-repository";
import { accountRoutes } from "./accounts";
import { branchRoutes } from "./branches";
import { commitRoutes } from "./commits";
import { HttpError, notFound } from "./http-error";
import { keyRoutes } from "./keys";
import { fullName } from "./links";
import { getContents } from "./read-contents";
import { referenceRoutes } from "./references";
import { repositoryRoutes } from "./repositories";
import type { RepositoryRequest, RestRequest, RestResponse, Route } from "./request";
import { deleteFile, putFile } from "./write-contents";

/** Calls below `/repos/{owner}/{repo}`. */
const routesOfRepositories: readonly Route<RepositoryRequest>[] = [
  ...repositoryRoutes,
  ...branchRoutes,
  ...referenceRoutes,
  ...commitRoutes,
  ["GET", "/contents/*", getContents],
  ["PUT", "/contents/*", putFile],
  ["DELETE", "/contents/*", deleteFile],
  ...keyRoutes,
];

/** Answers one call; throws HttpError for everything but success. */
export async function respond(request: RestRequest, method: string, path: string): Promise<RestResponse> {
  try {
    return await routedResponse(request, method, path);
  } catch (thrown) {
    throw thrown instanceof Conflict ? new HttpError(409, thrown.message) : thrown;
  }
}

async function routedResponse(request: RestRequest, method: string, path: string): Promise<RestResponse> {
  const [, owner = "", name = "", rest] = /^\/repos\/([^/]+)\/([^/]+)(.*)$/.exec(path) ?? [];
  if (rest === undefined) {
    const call = matching(accountRoutes, method, path) ?? notModelled(method, path);
    return call.respond(request, call.parameter);
  }
  const call = matching(routesOfRepositories, method, rest) ?? notModelled(method, path);
  const repository = request.accounts.repository(decodeURIComponent(owner), decodeURIComponent(name));
  if (repository === undefined) {
    throw notFound();
  }
  request.note({ repository: fullName(repository) });
  return call.respond({ ...request, repository }, call.parameter);
}

/** Throws 501 and not 404, so that a gap is not taken for "does not exist". */
function notModelled(method: string, path: string): never {
  throw new HttpError(501, `${method} ${path} is not modelled.`);
}

/** Returns what answers a call, and the parameter in its path. */
function matching<Request extends RestRequest>(routes: readonly Route<Request>[], method: string, path: string) {
  for (const [verb, pattern, respond] of routes) {
    const match = verb === method ? expression(pattern).exec(path) : null;
    if (match) {
      return { respond, parameter: decodeURIComponent(match[1] ?? "") };
    }
  }
  return undefined;
}

function expression(pattern: string): RegExp {
  return new RegExp(`^${pattern.replace(/:\w+/, "([^/]+)").replace("/*", "(?:/(.*))?")}$`);
}
