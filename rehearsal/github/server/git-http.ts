import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, dirname } from "node:path";

import type { Journal } from "../../control/journal";
import type { Accounts } from "../repositories/accounts";
import { gitEnvironment } from "../repositories/git";
import type { HostedRepository } from "../repositories/hosted-repository";
import type { RepositoryChange } from "../rest/request";
import { presentedSecrets } from "./credentials";
import { recordPush } from "./push";

export interface GitHttpOptions {
  readonly accounts: Accounts;
  readonly token: string;
  readonly journal: Journal<RepositoryChange>;
  /** Folder of the hooks that git runs when something is pushed. */
  readonly hooks: string;
}

/** A call of Git's smart protocol. */
export interface GitCall {
  readonly url: URL;
  readonly owner: string;
  readonly name: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  readonly service: string;
}

/** Returns what a URL asks of Git; undefined if it asks nothing of Git. */
export function gitCall(url: URL): GitCall | undefined {
  const match = /^\/([^/]+)\/([^/]+?)(?:\.git)?\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(url.pathname);
  const [, owner = "", name = "", service = ""] = match ?? [];
  return match ? { url, owner, name, service } : undefined;
}

/** Answers a clone, a fetch or a push by way of git's own server. */
export async function serveGit(
  request: IncomingMessage,
  response: ServerResponse,
  call: GitCall,
  { accounts, token, journal, hooks }: GitHttpOptions,
): Promise<void> {
  const { url, service } = call;
  const repository = accounts.repository(call.owner, call.name);
  const secrets = presentedSecrets(request);
  const isKnown = secrets?.includes(token) ?? false;
  const isPush = [service, url.searchParams.get("service")].includes("git-receive-pack");
  const needsToken = secrets !== undefined || isPush || repository?.metadata.visibility !== "public";
  if (needsToken && !isKnown) {
    response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end("Invalid username or token.\n");
    return;
  }
  if (repository === undefined) {
    response.writeHead(404).end("Repository not found.\n");
    return;
  }
  if (isPush && repository.metadata.archived) {
    response.writeHead(403).end("This repository was archived so it is read-only.\n");
    return;
  }
  const before = await repository.refs();
  const backend = spawn("git", ["http-backend"], {
    env: {
      ...gitEnvironment,
      ...requestVariables(request, call, repository),
      ...hookVariables(hooks, repository),
      ...(isKnown ? { REMOTE_USER: accounts.user } : {}),
    },
  });
  backend.stderr.pipe(process.stderr);
  await relay(request, response, backend);
  if (service === "git-receive-pack") {
    await recordPush(repository, before, url.pathname, journal);
  }
  response.end();
}

/** Returns the variables of CGI (RFC 3875) that git reads. */
function requestVariables(
  { method, headers }: IncomingMessage,
  { url, service }: GitCall,
  { folder }: HostedRepository,
): NodeJS.ProcessEnv {
  return {
    GIT_PROJECT_ROOT: dirname(folder),
    PATH_INFO: `/${basename(folder)}/${service}`,
    GIT_HTTP_EXPORT_ALL: "1",
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: method,
    REMOTE_ADDR: "127.0.0.1",
    CONTENT_TYPE: headers["content-type"] ?? "",
    CONTENT_LENGTH: headers["content-length"] ?? "",
    HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
    GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
  };
}

/** Returns the variables by which git finds the hooks, and the hook the protected branches. */
function hookVariables(hooks: string, { metadata }: HostedRepository): NodeJS.ProcessEnv {
  return {
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: "core.hooksPath",
    GIT_CONFIG_VALUE_0: hooks,
    REHEARSAL_PROTECTED: Object.keys(metadata.protection)
      .map((branch) => `refs/heads/${branch}`)
      .join(" "),
  };
}

/** Hands the request to the program, and sends what it prints: headers, an empty line and the body. Returns when the program has ended. */
async function relay(
  request: IncomingMessage,
  response: ServerResponse,
  backend: ChildProcessWithoutNullStreams,
): Promise<void> {
  // It may end before it has read everything.
  backend.stdin.on("error", () => {});
  request.pipe(backend.stdin);
  let head = Buffer.alloc(0);
  backend.stdout.on("data", (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end >= 0) {
      const lines = head.subarray(0, end).toString().split("\r\n");
      const { Status = "200", ...headers } = Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2)));
      response.writeHead(Number.parseInt(Status, 10), headers).write(head.subarray(end + 4));
    }
  });
  await once(backend, "close");
}
