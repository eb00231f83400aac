import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

import { errorOf } from "../../command/failure";
import type { KeptPages } from "./kept-pages";
import { isSigned, Refusal, readPayload } from "./payload";
import { BodyTooLarge, requestBody } from "./request-body";
import type { Tasks } from "./tasks";

export interface RunTaskServerProps {
  readonly hmacKey: string;
  /** The one HCP Terraform whose tasks are taken. */
  readonly hcpHost: string;
  readonly tasks: Tasks;
  readonly pages: KeptPages | undefined;
  readonly isEnding: () => boolean;
  /** Is told why a request was refused. */
  readonly refused: (why: string) => void;
}

/** Whoever is slower than this, in milliseconds, or sends more header than that, in bytes, is cut off; and so are more connections at a time. */
const limits = { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 };
const mostConnections = 256;
const longestSilence = 60_000;

/** What a page may do is in the page; this keeps it out of caches, of search engines and of other sites' frames, and its address out of their logs. */
const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex",
};

/** Returns a server of a run task, its pages and `/healthz`, which does not listen yet. */
export function runTaskServer(props: RunTaskServerProps): Server {
  const server = createServer({ ...limits, connectionsCheckingInterval: 2_000 }, (request, response) => {
    answer(request, response, props).catch((thrown) => {
      props.refused(thrown instanceof Refusal ? thrown.message : `a request that broke off (${errorOf(thrown).name})`);
      response.destroy();
    });
  });
  server.maxConnections = mostConnections;
  server.setTimeout(longestSilence);
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, props: RunTaskServerProps): Promise<void> {
  const { method = "", url = "" } = request;
  const [path = ""] = url.split("?");
  const [, id] = /^\/reports\/([^/]*)$/.exec(path) ?? [];
  if (path === "/") {
    await (method === "POST" ? takeTask(request, response, props) : close(response, 405));
  } else if (method !== "GET" && method !== "HEAD") {
    close(response, path === "/healthz" || id !== undefined ? 405 : 404);
  } else if (path === "/healthz") {
    response.writeHead(props.isEnding() ? 503 : 200, { "content-type": "text/plain" });
    response.end(props.isEnding() ? "ending\n" : "ok\n");
  } else {
    await sendPage(response, id === undefined ? undefined : props.pages?.find(id), method === "HEAD");
  }
}

/** HCP Terraform asks again later, unless the answer is 200. */
async function takeTask(request: IncomingMessage, response: ServerResponse, props: RunTaskServerProps): Promise<void> {
  const { hmacKey, hcpHost, tasks, refused } = props;
  try {
    const body = await requestBody(request);
    const { "x-tfc-task-signature": signature } = request.headers;
    if (!isSigned(body, typeof signature === "string" ? signature : undefined, hmacKey)) {
      refused("a body that was not signed with the key");
      close(response, 401);
      return;
    }
    const text = body.toString("utf8");
    const task = readPayload(text, hcpHost);
    const isFull = task !== undefined && tasks.take(task, text) === "full";
    if (isFull) {
      refused("a task for which there is no room");
      response.setHeader("retry-after", "30");
    }
    response.writeHead(isFull ? 503 : 200).end();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) {
      throw thrown;
    }
    refused(thrown.message);
    close(response, thrown instanceof BodyTooLarge ? 413 : 400);
  }
}

async function sendPage(response: ServerResponse, file: string | undefined, isHead: boolean): Promise<void> {
  if (file === undefined) {
    close(response, 404);
    return;
  }
  response.writeHead(200, pageHeaders);
  if (isHead) {
    response.end();
    return;
  }
  // Who reads it may be gone before its end.
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

/** Answers without reading what is still to come of the request. */
function close(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: "close" }).end();
}
