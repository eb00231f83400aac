import { GitError } from "../repositories/git";
import { commitBody } from "./commits";
import { archived, notFound, notSupplied, unprocessable } from "./http-error";
import { repositoryUrl } from "./links";
import { ok, type RepositoryRequest, type RestResponse, type Route, textField } from "./request";

async function branchBody(request: RepositoryRequest, name: string, commit: string) {
  return {
    name,
    commit: await commitBody(request, commit),
    protected: name in request.repository.metadata.protection,
    _links: { self: `${repositoryUrl(request)}/branches/${encodeURIComponent(name)}` },
  };
}

async function head({ repository }: RepositoryRequest, branch: string): Promise<string> {
  const commit = await repository.ref(`refs/heads/${branch}`);
  if (commit === undefined) {
    throw notFound("Branch not found");
  }
  return commit;
}

async function getBranch(request: RepositoryRequest, branch: string): Promise<RestResponse> {
  return ok(await branchBody(request, branch, await head(request, branch)));
}

async function renameBranch(request: RepositoryRequest, branch: string): Promise<RestResponse> {
  const { repository, body } = request;
  const commit = await head(request, branch);
  const name = textField(body, "new_name");
  if (!name) {
    throw notSupplied("new_name");
  }
  if (repository.metadata.archived) {
    throw archived();
  }
  try {
    await repository.renameBranch(branch, name);
  } catch (thrown) {
    // There is such a branch, or git refuses the name.
    throw thrown instanceof GitError ? unprocessable("Reference update failed") : thrown;
  }
  request.note({ branch: name, commit });
  return ok(await branchBody(request, name, commit), 201);
}

export const branchRoutes: readonly Route<RepositoryRequest>[] = [
  ["GET", "/branches/:branch", getBranch],
  ["POST", "/branches/:branch/rename", renameBranch],
];
