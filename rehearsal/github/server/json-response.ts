import { createHash } from "node:crypto";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

export interface JsonResponse {
  readonly status: number;
  /** Undefined for an answer without a body. */
  readonly body: unknown;
  readonly headers: OutgoingHttpHeaders;
}

/** Sends JSON, or that nothing has changed since the answer whose ETag the client names. */
export function sendJson(request: IncomingMessage, response: ServerResponse, answer: JsonResponse): void {
  const { status, body, headers } = answer;
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const text = JSON.stringify(body);
  const etag = `W/"${createHash("sha256").update(text).digest("hex")}"`;
  if (request.method === "GET" && status === 200 && request.headers["if-none-match"] === etag) {
    response.writeHead(304, { ...headers, etag }).end();
    return;
  }
  response
    .writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      ...(status < 300 ? { etag } : {}),
      ...headers,
    })
    .end(text);
}

/** Returns the headers by which clients pace themselves. The limit is never reached: clients would wait for its reset, for up to an hour. */
export function rateLimitHeaders(used: number): OutgoingHttpHeaders {
  return {
    "x-ratelimit-limit": 5000,
    "x-ratelimit-used": used,
    "x-ratelimit-remaining": Math.max(1, 5000 - used),
    "x-ratelimit-reset": Math.floor(Date.now() / 1000) + 3600,
    "x-ratelimit-resource": "core",
  };
}
