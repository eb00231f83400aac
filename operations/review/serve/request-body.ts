import type { IncomingMessage } from "node:http";

import { Refusal } from "./payload";

/** Bytes. A payload has about two thousand; the message of its run may be that of a long commit. */
const mostBytes = 1_048_576;

/** A body that is larger than any of HCP Terraform's. */
export class BodyTooLarge extends Refusal {}

/** Reads a request's body, of which no more than the limit is ever held. */
export async function requestBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The connection stays, so that the refusal can be answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) {
      throw new BodyTooLarge(`a body of more than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
