import type { IncomingMessage, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

import { ApiError } from "../rest/api-error";
import type { HcpChange, JsonObject } from "../rest/request";

/** A request, and the response that it is to get. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** What the call has changed so far. */
  change: Partial<HcpChange>;
}

export function exchangeOf(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = new URL(request.url ?? "/", "http://localhost");
  return { request, response, method: request.method ?? "", url, change: {} };
}

/** Returns the bearer token that a request presents; undefined without one. */
export function bearerToken({ headers }: IncomingMessage): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
}

/** Reads the body, of which a request without one has an empty object. */
export async function readJson(request: IncomingMessage): Promise<JsonObject> {
  const text = (await buffer(request)).toString() || "{}";
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) {
      return { ...body };
    }
  } catch {
    // It is answered below.
  }
  throw new ApiError(400, { title: "bad request", detail: "The body is no JSON object" });
}
