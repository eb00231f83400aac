import { Agent } from "node:https";
import {
  ApiException,
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
  type V1Pod,
  wrapHttpLibrary,
} from "@kubernetes/client-node";

import { kubernetesCall } from "../command/call";
import type { KubernetesEndpoint } from "./endpoint";
import { kubernetesFailure, refusal } from "./failure";
import { type Forward, portForward } from "./port-forward";

/** The cluster's API, by what is asked of it. */
export interface Kubernetes {
  readonly apps: AppsV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly core: CoreV1Api;
  readonly custom: CustomObjectsApi;
  readonly discovery: DiscoveryV1Api;
  readonly forward: Forward;
  /** Objects of any kind. */
  readonly objects: KubernetesObjectApi;
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
    custom: new CustomObjectsApi(configuration),
    discovery: new DiscoveryV1Api(configuration),
    forward: portForward(props),
    objects: new KubernetesObjectApi(configuration),
  };
}

/** Whether a pod takes requests, as far as it says. */
export function isReady({ status }: V1Pod): boolean {
  return status?.conditions?.some((one) => one.type === "Ready" && one.status === "True") === true;
}

/** What was asked for, if it is there. */
export async function ifThere<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (thrown) {
    if (thrown instanceof ApiException && thrown.code === 404) {
      return undefined;
    }
    throw thrown;
  }
}
