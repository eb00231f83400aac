import { type RequestContext, ResponseContext } from "@kubernetes/client-node";

import { callText, type KubernetesCall } from "../command/call";
import { timed } from "../command/debug";
import { Failure } from "../command/failure";
import { patiently } from "../command/patience";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, statusFailure } from "./failure";
import { requestCall } from "./request-call";
import { transport, type WholeAnswer } from "./transport";

/** Path of an API server's metrics. */
export const metricsPath = "/metrics";

/** Sends a request; throws a Failure if the answer is of no use. */
export type Send = (request: RequestContext) => Promise<ResponseContext>;

/** Returns what sends requests to a cluster's API, with a token, and again while that may help. */
export function sender(endpoint: KubernetesEndpoint): Send {
  const transmit = transport(endpoint.certificateAuthority);

  return async (request) => {
    const call = requestCall(request.getHttpMethod(), request.getUrl());
    endpoint.observe(call);
    let token = await endpoint.token();
    const sendOnce = async () => {
      request.setHeaderParam("Authorization", `Bearer ${token}`);
      const answer = await timed(
        callText(call),
        () => transmit(request),
        ({ status }) => `${status}`,
      ).catch((thrown) => {
        throw kubernetesFailure(thrown, call, endpoint);
      });
      expectUse(answer, call, endpoint);
      return responseOf(answer);
    };
    return patiently(async () => {
      try {
        return await sendOnce();
      } catch (thrown) {
        if (!(thrown instanceof Failure && thrown.kind === "unauthorized")) {
          throw thrown;
        }
        // A cluster may refuse a token before its time, as when STS did not answer it; of a new one it says whether it knows who asks.
        token = await endpoint.token(token);
        return await sendOnce();
      }
    });
  };
}

/** Throws a Failure if an answer is a refusal, or not of Kubernetes. */
function expectUse({ status, headers, body }: WholeAnswer, call: KubernetesCall, { server }: KubernetesEndpoint): void {
  const refused = statusFailure({ status, body, retryAfter: headers["retry-after"] }, call);
  if (refused) {
    throw refused;
  }
  if (status < 300 && !isAnswerOfApi(body, call)) {
    throw new Failure(
      "unreachable",
      `the answer to ${callText(call)} is not of Kubernetes: something else answers at ${server}`,
      `see what does: curl --insecure ${server}/version`,
    );
  }
}

function responseOf({ status, headers, body }: WholeAnswer): ResponseContext {
  const contentType = headers["content-type"] ?? "application/json";
  return new ResponseContext(
    status,
    { "content-type": contentType },
    { text: async () => body, binary: async () => Buffer.from(body) },
  );
}

/** Returns whether a text looks like an object of JSON, as all is that the API itself answers but its metrics, which begin with a comment; pods and nodes say what they like. */
function isAnswerOfApi(text: string, { resource }: KubernetesCall): boolean {
  if (resource === metricsPath) {
    return text.startsWith("# ");
  }
  return /\/(?:proxy|log)/.test(resource) || (/^\s*\{/.test(text) && /\}\s*$/.test(text.slice(-10)));
}
