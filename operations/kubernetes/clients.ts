import {
  AppsV1Api,
  AuthorizationV1Api,
  BatchV1Api,
  CoreV1Api,
  CustomObjectsApi,
  createConfiguration,
  DiscoveryV1Api,
  HttpMethod,
  KubernetesObjectApi,
  RbacAuthorizationV1Api,
  ServerConfiguration,
  wrapHttpLibrary,
} from "@kubernetes/client-node";

import { Failure } from "../command/failure";
import type { KubernetesEndpoint } from "./endpoint";
import { type ObjectClient, objectClient } from "./objects";
import { type Forward, portForward } from "./port-forward";
import { metricsPath, type Send, sender } from "./send";

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
  /** Asks for what is no resource. */
  readonly metrics: MetricsClient;
  readonly rbac: RbacAuthorizationV1Api;
}

export interface MetricsClient {
  /** Returns the metrics of the API server that answers, of which EKS has several, in Prometheus' text format. */
  ofApiServer(): Promise<string>;
}

/** Returns clients whose calls are observed, and throw what fails as a Failure. */
export function kubernetesClients(endpoint: KubernetesEndpoint): Kubernetes {
  const server = new ServerConfiguration(endpoint.server, {});
  const send = sender(endpoint);
  const configuration = createConfiguration({ baseServer: server, httpApi: wrapHttpLibrary({ send }) });
  return {
    apps: new AppsV1Api(configuration),
    authorization: new AuthorizationV1Api(configuration),
    batch: new BatchV1Api(configuration),
    core: new CoreV1Api(configuration),
    customObjects: new CustomObjectsApi(configuration),
    discovery: new DiscoveryV1Api(configuration),
    forward: portForward(endpoint),
    metrics: metricsClient(server, send),
    objects: objectClient(new KubernetesObjectApi(configuration)),
    rbac: new RbacAuthorizationV1Api(configuration),
  };
}

function metricsClient(server: ServerConfiguration<Record<string, never>>, send: Send): MetricsClient {
  return {
    ofApiServer: async () => {
      const { httpStatusCode, body } = await send(server.makeRequestContext(metricsPath, HttpMethod.GET));
      if (httpStatusCode !== 200) {
        const next = `kubectl get --raw ${metricsPath} | head`;
        throw new Failure("nothing there", `the API server has no metrics (${httpStatusCode})`, next);
      }
      return body.text();
    },
  };
}
