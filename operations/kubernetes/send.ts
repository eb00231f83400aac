import { Agent } from "node:https";
import { IsomorphicFetchHttpLibrary, type RequestContext, ResponseContext } from "@kubernetes/client-node";

import { callText, type KubernetesCall } from "../command/call";
import { timed } from "../command/debug";
import { Failure } from "../command/failure";
import { patiently } from "../command/patience";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, statusFailure } from "./failure";
import { requestCall } from "./request-call";

/** Milliseconds. A private endpoint never answers from outside the VPC; the system would wait for minutes. */
const timeout = 20_000;

/** Sends a request; throws a Failure if the answer is of no use. */
export type Send = (request: RequestContext) => Promise<ResponseContext>;

/** Returns what sends requests to a cluster's API, with a token, and again while that may help. */
export function sender(endpoint: KubernetesEndpoint): Send {
  const agent = new Agent({ ca: endpoint.certificateAuthority, keepAlive: true });

  return async (request) => {
    const call = requestCall(request.getHttpMethod(), request.getUrl());
    endpoint.observe(call);
    request.setAgent(agent);
    let token = await endpoint.token();
    const sendOnce = () => answerTo(request, token, call, endpoint);
    return patiently(async () => {
      try {
        return await sendOnce();
      } catch (thrown) {
        if (!(thrown instanceof Failure && thrown.kind === "unauthorized")) {
          throw thrown;
        }
        // A cluster may forget a token before its time, as when STS did not answer it; of a new one it says whether it knows who asks.
        token = await endpoint.token(token);
        return await sendOnce();
      }
    });
  };
}

async function answerTo(
  request: RequestContext,
  token: string,
  call: KubernetesCall,
  endpoint: KubernetesEndpoint,
): Promise<ResponseContext> {
  request.setHeaderParam("Authorization", `Bearer ${token}`);
  request.setSignal(AbortSignal.timeout(timeout));
  const response = await timed(
    callText(call),
    () => wholeAnswer(request),
    ({ httpStatusCode }) => `${httpStatusCode}`,
  ).catch((thrown) => {
    throw kubernetesFailure(thrown, call, endpoint);
  });
  const { httpStatusCode: status, headers, body } = response;
  const text = await body.text();
  const refused = statusFailure({ status, body: text, retryAfter: headers["retry-after"] }, call);
  if (refused) {
    throw refused;
  }
  if (status < 300 && !isAnswerOfApi(text, call)) {
    throw new Failure(
      "unreachable",
      `the answer to ${callText(call)} is not of Kubernetes: something else answers at ${endpoint.server}`,
      `see what does: curl --insecure ${endpoint.server}/version`,
    );
  }
  return response;
}

const transport = new IsomorphicFetchHttpLibrary();

/** Sends a request and reads the whole answer: the client would read it later, where a connection that breaks is no Failure. */
async function wholeAnswer(request: RequestContext): Promise<ResponseContext> {
  const { httpStatusCode, headers, body } = await transport.send(request).toPromise();
  const text = await body.text();
  return new ResponseContext(httpStatusCode, headers, {
    text: async () => text,
    binary: async () => Buffer.from(text),
  });
}

/** Returns whether a text looks like an object of JSON, as all is that the API itself answers; pods and nodes say what they like. */
function isAnswerOfApi(text: string, { resource }: KubernetesCall): boolean {
  return /\/(?:proxy|log)/.test(resource) || (/^\s*\{/.test(text) && /\}\s*$/.test(text.slice(-10)));
}
