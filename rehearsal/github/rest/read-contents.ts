import { contentBody } from "./content-body";
import { notFound } from "./http-error";
import { ok, type RepositoryRequest, type RestResponse } from "./request";

/** Above this GitHub leaves the content out. */
const largestContent = 1024 * 1024;

/** Answers with a file and its content, or with the entries of a folder. */
export async function getContents(request: RepositoryRequest, path: string): Promise<RestResponse> {
  const { repository, query } = request;
  const ref = query.get("ref") || repository.metadata.default_branch;
  if (!(await repository.hasBranches())) {
    throw notFound("This repository is empty.");
  }
  const commit = await repository.resolve(ref);
  if (commit === undefined) {
    throw notFound(`No commit found for the ref ${ref}`);
  }
  const found = await repository.entry(commit, path);
  if (found === undefined) {
    throw notFound();
  }
  if (Array.isArray(found)) {
    return ok(found.map((entry) => contentBody(request, entry, ref, 0)));
  }
  const content = await repository.blob(found.sha);
  const isLarge = content.length > largestContent;
  return ok({
    ...contentBody(request, found, ref, content.length),
    encoding: isLarge ? "none" : "base64",
    content: isLarge ? "" : content.toString("base64").replace(/.{1,60}/g, "$&\n"),
  });
}
