import { commitFile } from "../repositories/commit-file";
import { archived, HttpError, invalid, notFound, notSupplied } from "./http-error";
import { accountBody, fullName, pageUrl, repositoryUrl, tokenUser } from "./links";
import { repositorySettings } from "./repository-settings";
import {
  isObject,
  noContent,
  ok,
  type RepositoryRequest,
  type RestRequest,
  type RestResponse,
  type Route,
  textField,
} from "./request";

function repositoryBody(request: RepositoryRequest) {
  const { owner, keys, protection, vulnerability_alerts, ...metadata } = request.repository.metadata;
  const { protocol, hostname } = new URL(request.server);
  const page = pageUrl(request);
  const name = fullName(request.repository);
  return {
    ...metadata,
    node_id: `R_${metadata.id}`,
    full_name: name,
    owner: accountBody(request, owner),
    private: metadata.visibility !== "public",
    fork: false,
    disabled: false,
    language: null,
    license: null,
    has_pages: false,
    url: repositoryUrl(request),
    html_url: page,
    svn_url: page,
    clone_url: `${page}.git`,
    git_url: `${page.replace(protocol, "git:")}.git`,
    ssh_url: `git@${hostname}:${name}.git`,
    permissions: { admin: true, push: true, pull: true },
  };
}

function creationFailed(code: string, message?: string): HttpError {
  const problem = { resource: "Repository", code, field: "name", ...(message === undefined ? {} : { message }) };
  return new HttpError(422, "Repository creation failed.", [problem]);
}

const nameTaken = "name already exists on this account";

/** Makes a repository of an account, with a first commit if the body asks for one. */
export async function createRepository(request: RestRequest, owner: string): Promise<RestResponse> {
  const { accounts, body } = request;
  const asked = textField(body, "name");
  if (!asked) {
    throw creationFailed("missing_field");
  }
  const name = asked.replace(/[^A-Za-z0-9._-]+/g, "-");
  if (accounts.exists(owner, name)) {
    throw creationFailed("custom", nameTaken);
  }
  if (body["gitignore_template"] || body["license_template"]) {
    throw new HttpError(501, "Templates are not modelled.");
  }
  const repository = await accounts.create(owner, name, repositorySettings(body));
  const made = { ...request, repository };
  if (body["auto_init"]) {
    await commitReadme(made);
  }
  return ok(repositoryBody(made), 201);
}

async function commitReadme(request: RepositoryRequest): Promise<void> {
  const { repository } = request;
  const { name, description, default_branch: branch } = repository.metadata;
  const file = "README.md";
  const commit = await commitFile(repository, {
    branch,
    parent: undefined,
    path: file,
    content: `# ${name}${description ? `\n${description}` : ""}`,
    message: "Initial commit",
    author: tokenUser(request),
    committer: tokenUser(request),
  });
  request.note({ repository: fullName(repository), branch, file, commit });
}

async function changeRepository(request: RepositoryRequest): Promise<RestResponse> {
  const { repository, body, accounts } = request;
  const { owner, name, security_and_analysis } = repository.metadata;
  const settings = repositorySettings(body);
  if (repository.metadata.archived && settings.archived !== false) {
    throw archived();
  }
  await changeDefaultBranch(request);
  const analysis = isObject(body["security_and_analysis"]) ? body["security_and_analysis"] : {};
  repository.save({ ...settings, security_and_analysis: { ...security_and_analysis, ...analysis } });
  const newName = textField(body, "name") || name;
  if (newName === name) {
    return ok(repositoryBody(request));
  }
  if (accounts.exists(owner, newName)) {
    throw invalid("Repository", "name", nameTaken);
  }
  return ok(repositoryBody({ ...request, repository: accounts.rename(repository, newName) }));
}

async function changeDefaultBranch({ repository, body }: RepositoryRequest): Promise<void> {
  const branch = textField(body, "default_branch");
  if (!branch || branch === repository.metadata.default_branch) {
    return;
  }
  if ((await repository.ref(`refs/heads/${branch}`)) === undefined) {
    throw invalid(
      "Repository",
      "default_branch",
      `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    );
  }
  await repository.setDefaultBranch(branch);
}

function deleteRepository({ accounts, repository }: RepositoryRequest): RestResponse {
  accounts.delete(repository);
  return noContent;
}

function replaceTopics({ repository, body }: RepositoryRequest): RestResponse {
  const { names } = body;
  if (!Array.isArray(names)) {
    throw notSupplied("names");
  }
  if (names.some((name) => !/^[a-z0-9][a-z0-9-]{0,49}$/.test(String(name)))) {
    throw invalid(
      "Repository",
      "topics",
      "Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include lowercase letters, numbers, and hyphens.",
    );
  }
  repository.save({ topics: [...new Set(names.map(String))] });
  return ok({ names: repository.metadata.topics });
}

function alerts({ repository }: RepositoryRequest): RestResponse {
  if (!repository.metadata.vulnerability_alerts) {
    throw notFound();
  }
  return noContent;
}

function switchAlerts(enabled: boolean) {
  return ({ repository }: RepositoryRequest): RestResponse => {
    repository.save({ vulnerability_alerts: enabled });
    return noContent;
  };
}

export const repositoryRoutes: readonly Route<RepositoryRequest>[] = [
  ["GET", "", (request) => ok(repositoryBody(request))],
  ["PATCH", "", changeRepository],
  ["DELETE", "", deleteRepository],
  ["GET", "/topics", ({ repository }) => ok({ names: repository.metadata.topics })],
  ["PUT", "/topics", replaceTopics],
  ["GET", "/vulnerability-alerts", alerts],
  ["PUT", "/vulnerability-alerts", switchAlerts(true)],
  ["DELETE", "/vulnerability-alerts", switchAlerts(false)],
];
