import { Agent } from "node:https";
import {
  AppsV1Api,
  AuthorizationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  DiscoveryV1Api,
  IsomorphicFetchHttpLibrary,
  KubernetesObjectApi,
  type RequestContext,
  type ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
} from "@kubernetes/client-node";

import { kubernetesCall } from "../command/call";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, refusal } from "./failure";
import { type ObjectClient, objectClient } from "./objects";
import { type Forward, portForward } from "./port-forward";

/** The cluster's API, by what is asked of it. */
export interface Kubernetes {
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly core: CoreV1Api;
  readonly customObjects: CustomObjectsApi;
  readonly discovery: DiscoveryV1Api;
  readonly forward: Forward;
  readonly objects: ObjectClient;
}

/** A private endpoint never answers from outside; nobody should wait for what the system takes for that. */
const timeout = 20_000;

export function kubernetesClients(props: KubernetesEndpoint): Kubernetes {
  const { server, certificateAuthority, token, observe } = props;
  const agent = new Agent({ ca: certificateAuthority, keepAlive: true });
  const transport = new IsomorphicFetchHttpLibrary();

  const send = async (request: RequestContext): Promise<ResponseContext> => {
    const call = kubernetesCall(request.getHttpMethod(), request.getUrl());
    observe(call);
    request.setSignal(AbortSignal.timeout(timeout));
    let response: ResponseContext;
    try {
      response = await transport.send(request).toPromise();
    } catch (thrown) {
      throw kubernetesFailure(thrown, call, props);
    }
    const refused = await refusal(response.httpStatusCode, call, () => response.body.text());
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
    core: new CoreV1Api(configuration),
    customObjects: new CustomObjectsApi(configuration),
    discovery: new DiscoveryV1Api(configuration),
    forward: portForward(props),
    objects: objectClient(new KubernetesObjectApi(configuration)),
  };
}
