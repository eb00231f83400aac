import type { TreeEntry } from "../repositories/bare-repository";
import type { Person } from "../repositories/commit";
import { commitFile } from "../repositories/commit-file";
import { commitSummary } from "./commits";
import { contentBody } from "./content-body";
import { archived, HttpError, notFound, notSupplied, unprocessable } from "./http-error";
import { tokenUser } from "./links";
import { isObject, ok, type RepositoryRequest, type RestResponse, textField } from "./request";

/** Writes a file: a new one, or in place of the blob that the request names. */
export async function putFile(request: RepositoryRequest, path: string): Promise<RestResponse> {
  const { repository } = request;
  checkRequest(request, path, ["message", "content"]);
  const content = contentIn(request);
  const { branch, parent, found } = await targetOf(request, path);
  const isFirst = parent === undefined && !(await repository.hasBranches());
  if (parent === undefined && !isFirst) {
    throw notFound(`Branch ${branch} not found`);
  }
  if (Array.isArray(found)) {
    throw malformedPath();
  }
  checkReplaced(request, path, found);
  checkProtection(request, branch, found ? "update" : "create");
  const commit = await commitTo(request, { branch, parent, path, content, mode: found?.mode });
  if (isFirst) {
    await repository.setDefaultBranch(branch);
  }
  const written = await repository.entry(commit, path);
  const body = {
    content: written && !Array.isArray(written) ? contentBody(request, written, branch, content.length) : null,
    commit: await commitSummary(request, commit),
  };
  return ok(body, found ? 200 : 201);
}

/** Removes the file of the blob that the request names. */
export async function deleteFile(request: RepositoryRequest, path: string): Promise<RestResponse> {
  checkRequest(request, path, ["message"]);
  const { branch, parent, found } = await targetOf(request, path);
  if (parent === undefined) {
    throw notFound(`Branch ${branch} not found`);
  }
  if (found === undefined || Array.isArray(found)) {
    throw notFound();
  }
  checkReplaced(request, path, found);
  checkProtection(request, branch, "delete");
  const commit = await commitTo(request, { branch, parent, path, content: undefined });
  return ok({ content: null, commit: await commitSummary(request, commit) });
}

/** Returns a field of the body, or of the query, where clients put those of a DELETE. */
function field({ body, query }: RepositoryRequest, name: string): string | undefined {
  return textField(body, name) ?? query.get(name) ?? undefined;
}

/** Throws for what no branch would take. */
function checkRequest(request: RepositoryRequest, path: string, required: readonly string[]): void {
  if (request.repository.metadata.archived) {
    throw archived();
  }
  const missing = required.filter((name) => field(request, name) === undefined);
  if (missing.length > 0) {
    throw notSupplied(...missing);
  }
  if (path.split("/").some((component) => ["", ".", "..", ".git"].includes(component))) {
    throw malformedPath();
  }
}

function malformedPath(): HttpError {
  return unprocessable("path contains a malformed path component");
}

function contentIn(request: RepositoryRequest): Buffer {
  const encoded = field(request, "content") ?? "";
  const content = Buffer.from(encoded, "base64");
  // Node leaves out what is no Base64.
  if (content.toString("base64").replace(/=+$/, "") !== encoded.replaceAll(/\s|=+$/g, "")) {
    throw unprocessable("content is not valid Base64");
  }
  return content;
}

interface Target {
  readonly branch: string;
  /** Head of the branch; undefined if there is no such branch. */
  readonly parent: string | undefined;
  /** What stands at the path. */
  readonly found: TreeEntry | TreeEntry[] | undefined;
}

async function targetOf(request: RepositoryRequest, path: string): Promise<Target> {
  const { repository } = request;
  const branch = field(request, "branch") || repository.metadata.default_branch;
  const parent = await repository.ref(`refs/heads/${branch}`);
  return { branch, parent, found: parent === undefined ? undefined : await repository.entry(parent, path) };
}

/** Throws unless the request names the blob that is there. GitHub does not look at the name of one where there is none. */
function checkReplaced(request: RepositoryRequest, path: string, found: TreeEntry | undefined): void {
  const sha = field(request, "sha");
  if (found && !sha) {
    throw notSupplied("sha");
  }
  if (found && sha !== found.sha) {
    throw new HttpError(409, `${path} does not match ${sha}`);
  }
}

function checkProtection({ repository }: RepositoryRequest, branch: string, verb: string): void {
  const protection = repository.metadata.protection[branch];
  if (protection === undefined) {
    return;
  }
  if (protection.rules) {
    throw new HttpError(409, "Repository rule violations found\n\nChanges must be made through a pull request.\n\n");
  }
  const { checks } = protection;
  const expected =
    checks.length > 1
      ? `${checks.length} of ${checks.length} required status checks are expected.`
      : `Required status check "${checks[0]}" is expected.`;
  throw new HttpError(409, `Could not ${verb} file: ${expected}`);
}

interface FileChange {
  readonly branch: string;
  readonly parent: string | undefined;
  readonly path: string;
  readonly content: Buffer | undefined;
  /** @default - that of a plain file */
  readonly mode?: string | undefined;
}

async function commitTo(request: RepositoryRequest, change: FileChange): Promise<string> {
  const { repository } = request;
  const author = person(request, "author");
  const committer = person(request, "committer") ?? author ?? tokenUser(request);
  const message = field(request, "message") ?? "";
  const commit = await commitFile(repository, { ...change, message, author: author ?? committer, committer });
  const { branch, path, parent = null } = change;
  request.note({ branch, file: path, commit, parent });
  return commit;
}

function person({ body }: RepositoryRequest, role: "author" | "committer"): Person | undefined {
  const found = body[role];
  return isObject(found)
    ? { name: textField(found, "name") ?? "", email: textField(found, "email") ?? "", date: textField(found, "date") }
    : undefined;
}
