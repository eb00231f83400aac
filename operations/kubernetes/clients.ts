import { Agent } from "node:https";
import {
  AppsV1Api,
  AuthorizationV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  DiscoveryV1Api,
  IsomorphicFetchHttpLibrary,
  KubernetesObjectApi,
  RbacAuthorizationV1Api,
  type RequestContext,
  ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
} from "@kubernetes/client-node";

import { callText } from "../command/call";
import { timed } from "../command/debug";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, statusFailure } from "./failure";
import { type ObjectClient, objectClient } from "./objects";
import { type Forward, portForward } from "./port-forward";
import { requestCall } from "./request-call";

/** Clients of a cluster's API, one for each API group that is used. */
export interface Kubernetes {
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly batch: BatchV1Api;
  readonly core: CoreV1Api;
  readonly customObjects: CustomObjectsApi;
  readonly discovery: DiscoveryV1Api;
  readonly forward: Forward;
  readonly objects: ObjectClient;
  readonly rbac: RbacAuthorizationV1Api;
}

/** Milliseconds. A private endpoint never answers from outside the VPC; the system would wait for minutes. */
const timeout = 20_000;

/** Returns clients whose calls are observed, and throw what fails as a Failure. */
export function kubernetesClients(endpoint: KubernetesEndpoint): Kubernetes {
  const { server, certificateAuthority, token, observe } = endpoint;
  const agent = new Agent({ ca: certificateAuthority, keepAlive: true });

  const send = async (request: RequestContext): Promise<ResponseContext> => {
    const call = requestCall(request.getHttpMethod(), request.getUrl());
    observe(call);
    request.setSignal(AbortSignal.timeout(timeout));
    let response: ResponseContext;
    try {
      response = await timed(
        callText(call),
        () => answer(request),
        ({ httpStatusCode }) => `${httpStatusCode}`,
      );
    } catch (thrown) {
      throw kubernetesFailure(thrown, call, endpoint);
    }
    const refused = await statusFailure(response.httpStatusCode, call, () => response.body.text());
    if (refused) {
      throw refused;
    }
    return response;
  };

  const configuration = createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    httpApi: wrapHttpLibrary({ send }),
    authMethods: {
      default: {
        getName: () => "eks",
        applySecurityAuthentication: async (request) => {
          request.setHeaderParam("Authorization", `Bearer ${await token()}`);
          request.setAgent(agent);
        },
      },
    },
  });
  return {
    apps: new AppsV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
    batch: new BatchV1Api(configuration),
    core: new CoreV1Api(configuration),
    customObjects: new CustomObjectsApi(configuration),
    discovery: new DiscoveryV1Api(configuration),
    forward: portForward(endpoint),
    objects: objectClient(new KubernetesObjectApi(configuration)),
    rbac: new RbacAuthorizationV1Api(configuration),
  };
}

const transport = new IsomorphicFetchHttpLibrary();

/** Sends a request and reads the whole answer: the client would read it later, where a connection that breaks is no Failure. */
async function answer(request: RequestContext): Promise<ResponseContext> {
  const { httpStatusCode, headers, body } = await transport.send(request).toPromise();
  const text = await body.text();
  return new ResponseContext(httpStatusCode, headers, {
    text: async () => text,
    binary: async () => Buffer.from(text),
  });
}
