import { changedFiles, readCommit } from "../repositories/commit";
import { notFound, unprocessable } from "./http-error";
import { accountBody, pageUrl, repositoryUrl } from "./links";
import { ok, type RepositoryRequest, type RestResponse, type Route } from "./request";

/** Returns what every answer says of a commit: `git` is the commit itself, the rest is GitHub's. */
async function commitParts(request: RepositoryRequest, sha: string) {
  const { author, committer, message, tree, parents } = await readCommit(request.repository, sha);
  const url = repositoryUrl(request);
  return {
    url,
    git: { author, committer, message, tree: { sha: tree, url: `${url}/git/trees/${tree}` } },
    links: { sha, node_id: `C_${sha}`, html_url: `${pageUrl(request)}/commit/${sha}` },
    parents: parents.map((parent) => ({ sha: parent, url: `${url}/commits/${parent}` })),
  };
}

/** Returns a commit as answers of the contents calls have it. */
export async function commitSummary(request: RepositoryRequest, sha: string) {
  const { url, git, links, parents } = await commitParts(request, sha);
  return { ...git, ...links, url: `${url}/git/commits/${sha}`, parents };
}

/** Returns a commit as answers about commits and branches have it. */
export async function commitBody(request: RepositoryRequest, sha: string) {
  const { url, git, links, parents } = await commitParts(request, sha);
  const user = accountBody(request, request.accounts.user);
  return {
    ...links,
    url: `${url}/commits/${sha}`,
    commit: { ...git, url: `${url}/git/commits/${sha}`, comment_count: 0 },
    author: user,
    committer: user,
    parents,
    files: await changedFiles(request.repository, sha),
  };
}

async function getCommit(request: RepositoryRequest, name: string): Promise<RestResponse> {
  const sha = await request.repository.resolve(name);
  if (sha === undefined) {
    throw unprocessable(`No commit found for SHA: ${name}`);
  }
  return ok(await commitBody(request, sha));
}

async function listCommits(request: RepositoryRequest): Promise<RestResponse> {
  const { repository, query } = request;
  const head = await repository.resolve(query.get("sha") ?? repository.metadata.default_branch);
  if (head === undefined) {
    throw notFound();
  }
  const commits = await repository.log(head, query.get("path") ?? undefined, Number(query.get("per_page") ?? 30));
  return ok(await Promise.all(commits.map((sha) => commitBody(request, sha))));
}

export const commitRoutes: readonly Route<RepositoryRequest>[] = [
  ["GET", "/commits", listCommits],
  ["GET", "/commits/*", getCommit],
];
