import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { type Agent, request } from "node:https";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { createGunzip } from "node:zlib";

import type { Clock } from "../../command/clock";
import { timed } from "../../command/debug";
import { CommandError, Failure } from "../../command/failure";
import { patiently, retryAfterOf } from "../../command/patience";
import { failureOfCall } from "./failure-of-call";
import type { RunTask } from "./payload";

// HCP Terraform is asked with Node's own client, not by fetch: a redirect must be looked at before it is followed, and plans are large.

/** The one HCP Terraform that is asked. */
export interface HcpHost {
  /** `app.terraform.io`, with a port if it is not 443. */
  readonly name: string;
  /**
   * Of connections.
   * @default - Node's own
   */
  readonly agent?: Agent;
}

/** Milliseconds for which a connection may be silent. */
const silence = 30_000;

/** Bytes. V8 has no string of more than about 536 million characters. */
const largestPlan = 500_000_000;

/** Tells HCP Terraform how a task stands, again for a minute while that may help. */
export async function sendResult(hcp: HcpHost, task: RunTask, body: string, signal: AbortSignal): Promise<void> {
  let isRepeated = false;
  await patiently(async () => {
    const wasSent = isRepeated;
    isRepeated = true;
    const answer = await send(hcp, task.callback, { method: "PATCH", token: task.token, body, signal });
    // Its status is all that counts: what comes after may break off, or never end.
    answer.resume();
    const { statusCode: status = 0 } = answer;
    if (wasSent && status >= 400 && status < 429) {
      // It was taken the first time, and the answer was lost.
      return;
    }
    if ([401, 404].includes(status)) {
      throw new CommandError(`${hcp.name} takes no result of it (${status}): it is over, or was replayed`);
    }
    expectGood(status, answer, hcp);
  }, callClock(signal));
}

/**
 * Writes a plan's JSON into a file, as it comes. The address that HCP Terraform redirects to holds for a minute, and gets no token.
 * @throws CommandError if there is none, if it is too large, or if the redirect leads elsewhere than to HCP Terraform
 */
export async function fetchPlan(
  hcp: HcpHost,
  url: URL,
  token: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await patiently(async () => {
    const first = await send(hcp, url, { method: "GET", token, signal });
    const { location } = first.headers;
    const isRedirect = [301, 302, 303, 307, 308].includes(first.statusCode ?? 0) && location !== undefined;
    if (isRedirect) {
      first.resume();
    }
    const answer = isRedirect
      ? await send(hcp, redirectTarget(location, url, hcp), { method: "GET", token: undefined, signal })
      : first;
    const { statusCode: status = 0 } = answer;
    if (status !== 200) {
      answer.resume();
    }
    if (status === 204) {
      throw new Failure("unexpected", `${hcp.name} has the plan, but not yet as JSON`, "run it again", {
        retryAfter: 2_000,
      });
    }
    expectGood(status, answer, hcp);
    try {
      const unzipped = answer.headers["content-encoding"] === "gzip" ? [createGunzip()] : [];
      const target = createWriteStream(file, { mode: 0o600 });
      await pipeline([answer, ...unzipped, atMost(largestPlan), target], { signal });
    } catch (thrown) {
      throw failureOfCall(thrown, hcp.name);
    }
  }, callClock(signal));
}

/** Pauses end with what a call is made for, and not with the first SIGTERM: results are told after it. The system's time may be set meanwhile. */
function callClock(signal: AbortSignal): Clock {
  return {
    now: () => performance.now(),
    sleep: (milliseconds) => setTimeout(milliseconds, undefined, { signal }),
  };
}

/** Returns where plans are kept beside a host: `archivist.terraform.io` beside `app.terraform.io`. Terraform Enterprise keeps them itself. */
export function archivistOf(host: string): string {
  return host.replace(/^[^.:]+(?=\.)/, "archivist");
}

function redirectTarget(location: string, from: URL, { name }: HcpHost): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (target?.protocol !== "https:" || ![name, archivistOf(name)].includes(target.host)) {
    throw new CommandError(`${name} redirects the plan to another host than itself and ${archivistOf(name)}`, {
      next: "see that --hcp-host names the host of HCP Terraform, and not what stands before it",
    });
  }
  return target;
}

interface Call {
  readonly method: string;
  readonly token: string | undefined;
  /**
   * JSON:API.
   * @default - none
   */
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Sends one request, and returns an answer whose body is still to come. Follows no redirect. */
async function send(
  { name, agent }: HcpHost,
  url: URL,
  { method, token, body, signal }: Call,
): Promise<IncomingMessage> {
  const headers = {
    "accept-encoding": "gzip",
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined
      ? {}
      : { "content-type": "application/vnd.api+json", "content-length": Buffer.byteLength(body) }),
  };
  const ask = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const call = request(url, { method, headers, agent, signal, timeout: silence }, resolve);
      call.on("timeout", () => call.destroy(Object.assign(new Error("silent"), { code: "ETIMEDOUT" })));
      call.on("error", reject);
      call.end(body);
    });
  try {
    // What an archivist's address says after its host lets everybody read the plan.
    return await timed(`${method} of ${url.host}`, ask, ({ statusCode }) => `${statusCode}`);
  } catch (thrown) {
    throw failureOfCall(thrown, name);
  }
}

function expectGood(status: number, { headers }: IncomingMessage, { name }: HcpHost): void {
  if (status === 429 || status >= 500) {
    const retryAfter = retryAfterOf(headers["retry-after"]);
    throw new Failure("unexpected", `${name} answers ${status}`, "look at the service's health", { retryAfter });
  }
  if (status !== 200) {
    throw new CommandError(`${name} answers ${status}`);
  }
}

function atMost(most: number): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _, callback) {
      length += chunk.length;
      callback(length > most ? new CommandError(`a plan of more than ${most} bytes`) : null, chunk);
    },
  });
}
