import { HttpError, notFound, unprocessable } from "./http-error";
import { repositoryUrl } from "./links";
import { noContent, ok, type RepositoryRequest, type RestResponse, type Route, textField } from "./request";

function referenceBody(request: RepositoryRequest, ref: string, sha: string) {
  const url = repositoryUrl(request);
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${url}/git/${ref}`,
    object: { type: "commit", sha, url: `${url}/git/commits/${sha}` },
  };
}

async function getReference(request: RepositoryRequest, name: string): Promise<RestResponse> {
  const { repository } = request;
  if (Object.keys(await repository.refs()).length === 0) {
    throw new HttpError(409, "Git Repository is empty.");
  }
  const ref = `refs/${name}`;
  const sha = await repository.ref(ref);
  if (sha === undefined) {
    throw notFound();
  }
  return ok(referenceBody(request, ref, sha));
}

async function createReference(request: RepositoryRequest): Promise<RestResponse> {
  const { repository, body } = request;
  const ref = textField(body, "ref") ?? "";
  const sha = textField(body, "sha") ?? "";
  if (!/^refs\/[^/]+\/.+/.test(ref)) {
    throw unprocessable("Reference name must contain at least three slash-separated components.");
  }
  if ((await repository.ref(ref)) !== undefined) {
    throw unprocessable("Reference already exists");
  }
  if (!/^[0-9a-f]{40}$/.test(sha) || (await repository.ref(`${sha}^{commit}`)) === undefined) {
    throw unprocessable("Object does not exist");
  }
  await repository.updateRef(ref, sha, undefined);
  request.note({ branch: ref.replace("refs/heads/", ""), commit: sha });
  return ok(referenceBody(request, ref, sha), 201);
}

async function deleteReference(request: RepositoryRequest, name: string): Promise<RestResponse> {
  const { repository } = request;
  const branch = name.replace(/^heads\//, "");
  const sha = await repository.ref(`refs/${name}`);
  if (sha === undefined) {
    throw unprocessable("Reference does not exist");
  }
  if (branch === repository.metadata.default_branch) {
    throw unprocessable("Cannot delete the default branch");
  }
  if (branch in repository.metadata.protection) {
    throw unprocessable("Cannot delete a protected branch");
  }
  await repository.updateRef(`refs/${name}`, undefined, sha);
  request.note({ branch, commit: null });
  return noContent;
}

export const referenceRoutes: readonly Route<RepositoryRequest>[] = [
  ["GET", "/git/ref/*", getReference],
  ["POST", "/git/refs", createReference],
  ["DELETE", "/git/refs/*", deleteReference],
];
