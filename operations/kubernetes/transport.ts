import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { RequestContext } from "@kubernetes/client-node";

export interface WholeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request and reads the whole answer. Throws, too, if the connection breaks within it. */
export type Transport = (request: RequestContext) => Promise<WholeAnswer>;

/** Milliseconds. A private endpoint never answers from outside the VPC; the system would wait for minutes. */
const timeout = 20_000;

/**
 * Returns a transport over TLS. The client library's own, node-fetch, does not see that a connection broke within a body whose length was
 * announced, and waits on.
 * @param certificateAuthority - PEM
 */
export function transport(certificateAuthority: string): Transport {
  const agent = new Agent({ ca: certificateAuthority, keepAlive: true });

  return async (request) => {
    const late = AbortSignal.timeout(timeout);
    const content = Buffer.from(request.getBody()?.toString() ?? "");
    const sent = httpsRequest(request.getUrl(), {
      method: request.getHttpMethod(),
      // Node announces no length by itself for a DELETE, whose body the server would take for the next request.
      headers: { ...request.getHeaders(), "accept-encoding": "gzip", "content-length": content.length },
      agent,
      signal: late,
    });
    const answered = once(sent, "response");
    // A request can fail after its answer has begun, which the answer says, too.
    sent.on("error", () => {});
    sent.end(content);
    const [answer] = (await answered) as [IncomingMessage];
    const body = await text(unpacked(answer)).catch((thrown) => {
      // Within an answer Node says of the end of time that the connection broke, which would be asked again.
      throw late.aborted ? late.reason : thrown;
    });
    return { status: answer.statusCode ?? 0, headers: answer.headers, body };
  };
}

function unpacked(answer: IncomingMessage): Readable {
  if (answer.headers["content-encoding"] !== "gzip") {
    return answer;
  }
  const gunzip = createGunzip();
  // What fails destroys both, so that the reader of the last hears of it.
  pipeline(answer, gunzip).catch(() => {});
  return gunzip;
}
