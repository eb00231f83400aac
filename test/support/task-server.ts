import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request that a run task or a notification got. */
export interface TaskRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test expects what is there, and fails where it is not.
  readonly payload: any;
}

/** A server that takes what a run task or a notification gets, and answers with the statuses that it is told, 200 otherwise. */
export class TaskServer {
  readonly requests: TaskRequest[] = [];
  statuses: number[] = [];
  private readonly server = createServer(async (request, response) => {
    const body = await text(request);
    this.requests.push({ headers: request.headers, body, payload: JSON.parse(body) });
    response.writeHead(this.statuses.shift() ?? 200).end();
  });

  static forTests(): TaskServer {
    const task = new TaskServer();
    beforeAll(() => once(task.server.listen(0, "127.0.0.1"), "listening"));
    afterAll(() => task.server.close());
    return task;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/task`;
  }

  /** Returns the next request after those that were there. */
  async next(before: number): Promise<TaskRequest> {
    for (let wait = 0; wait < 1000; wait += 1) {
      const request = this.requests[before];
      if (request) {
        return request;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error("no request came");
  }
}

export function signature(key: string, body: string): string {
  return createHmac("sha512", key).update(body).digest("hex");
}
