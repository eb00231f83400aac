import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

import { HttpError } from "../rest/http-error";
import { isObject, type JsonObject, type RepositoryChange } from "../rest/request";

/** A request, and the response that it is to get. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Without `/api/v3`. */
  readonly url: URL;
  /** Address of the server, without a slash at the end. */
  readonly server: string;
  /** Address of the API as the client calls it. */
  readonly api: string;
  /** What the call has changed so far. */
  change: Partial<RepositoryChange>;
}

export function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const server = `http://127.0.0.1:${request.socket.localPort}`;
  const url = new URL(request.url ?? "/", server);
  const prefix = /^\/api\/v3(?=\/)/.exec(url.pathname)?.[0] ?? "";
  url.pathname = url.pathname.slice(prefix.length);
  return { request, response, method: request.method ?? "", url, server, api: `${server}${prefix}`, change: {} };
}

/** Reads the body, of which a request without one has an empty object. */
export async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const body = parse((await text(request)) || "{}");
  if (!isObject(body)) {
    throw new HttpError(400, "Body should be a JSON object");
  }
  return body;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new HttpError(400, "Problems parsing JSON");
  }
}
