import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { text } from "node:stream/consumers";

/** What somebody else's server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Returns whether the stand-in would send something there: it sends nothing off this machine. */
export function isOnLoopback(url: string): boolean {
  return URL.canParse(url) && loopback.test(new URL(url).hostname);
}

/** Posts a body; throws if nobody answers. A certificate may be anybody's: the server is on this machine. */
export function deliver(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
  const send = url.startsWith("https:") ? requestHttps : requestHttp;
  const options = { method: "POST", headers, rejectUnauthorized: false, timeout: 10_000, agent: false };
  return new Promise((resolve, reject) => {
    const request = send(url, options, (response) => {
      const received = Object.entries(response.headersDistinct).map(([name, values = []]) => [name, values] as const);
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: Object.fromEntries(received), body: answer }),
        reject,
      );
    });
    request.on("timeout", () => request.destroy(new Error("no answer within ten seconds")));
    request.on("error", reject);
    request.end(body);
  });
}
