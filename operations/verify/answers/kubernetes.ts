import {
  type CoreV1Api,
  setHeaderOptions,
  type V1ConfigMap,
  type V1DaemonSet,
  type V1Deployment,
  type V1Node,
  type V1ObjectMeta,
  type V1Pod,
} from "@kubernetes/client-node";

import { fluxNamespace, karpenterNamespace, systemNamespace } from "../../../platform/names";
import type { Connection } from "../../connection";
import {
  type ClusterObject,
  type CustomResource,
  ifObjectExists,
  isReady,
  listCustomObjects,
} from "../../kubernetes/objects";
import { type CiliumNode, ciliumNodeOf } from "./cilium-node";
import type { Once } from "./once";

/** What the cluster's API says. */
export interface KubernetesAnswers {
  nodes(): Promise<readonly V1Node[]>;
  /** Returns the pods of a namespace of the platform. */
  pods(namespace: PlatformNamespace): Promise<readonly V1Pod[]>;
  /** Returns the pods of all namespaces that are not ready, without those that have ended well. */
  unreadyPods(): Promise<readonly V1Pod[]>;
  daemonSets(namespace: string): Promise<readonly V1DaemonSet[]>;
  deployments(namespace: string): Promise<readonly V1Deployment[]>;
  configMap(namespace: string, name: string): Promise<V1ConfigMap | undefined>;
  /** Returns what Helm has written of the revisions of a release, without what is in them, which is secret. */
  releaseRevisions(namespace: string, release: string): Promise<readonly V1ObjectMeta[]>;
  ciliumNodes(): Promise<readonly CiliumNode[]>;
  /** Returns how many endpoints of a Service are ready. */
  readyEndpoints(namespace: string, service: string): Promise<number>;
  /** Returns the objects of a custom resource; none if its definition is not installed. */
  customObjects(resource: CustomResource): Promise<readonly ClusterObject[]>;
}

export type PlatformNamespace = (typeof platformNamespaces)[number];
export const platformNamespaces = [systemNamespace, fluxNamespace, karpenterNamespace] as const;

export function kubernetesAnswers({ kubernetes }: Connection, once: Once): KubernetesAnswers {
  const customObjects = once("custom objects", async (resource: CustomResource) =>
    listCustomObjects((await kubernetes()).customObjects, resource),
  );
  const pods = once("pods", async () => readPods((await kubernetes()).core));
  return {
    nodes: once("nodes", async () => (await (await kubernetes()).core.listNode()).items),
    pods: async (namespace) => (await pods()).filter(({ metadata }) => metadata?.namespace === namespace),
    unreadyPods: async () => (await pods()).filter(isUnready),
    daemonSets: once("daemon sets", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDaemonSet({ namespace })).items;
    }),
    deployments: once("deployments", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDeployment({ namespace })).items;
    }),
    configMap: once("config map", async (namespace: string, name: string) => {
      return ifObjectExists((await kubernetes()).core.readNamespacedConfigMap({ namespace, name }));
    }),
    releaseRevisions: once("release", async (namespace: string, release: string) => {
      const labelSelector = `owner=helm,name=${release}`;
      const { items } = await (await kubernetes()).core.listNamespacedSecret(
        { namespace, labelSelector },
        metadataOnly,
      );
      // A list of metadata is null where it has nothing in it.
      return (items ?? []).flatMap(({ metadata }) => metadata ?? []);
    }),
    readyEndpoints: once("endpoints", async (namespace: string, service: string) => {
      const { discovery } = await kubernetes();
      const labelSelector = `kubernetes.io/service-name=${service}`;
      const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
      return items
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter((endpoint) => endpoint.conditions?.ready !== false).length;
    }),
    ciliumNodes: async () => (await customObjects("ciliumnodes.v2.cilium.io")).map(ciliumNodeOf),
    customObjects,
  };
}

/** Has the API answer with the metadata of objects alone (Kubernetes, "API Concepts"). */
const metadataOnly = setHeaderOptions("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

/** Pods of a page: some megabytes, where all those of a large cluster would be hundreds. */
const podsPerPage = 500;

/** Reads all pods, page by page, and keeps those of the platform and those that are not ready. */
async function readPods(core: CoreV1Api): Promise<readonly V1Pod[]> {
  const kept: V1Pod[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = await core.listPodForAllNamespaces({
      limit: podsPerPage,
      ...(next === undefined ? {} : { _continue: next }),
    });
    kept.push(...items.filter((pod) => isOfPlatform(pod) || isUnready(pod)));
    next = metadata?._continue || undefined;
  } while (next !== undefined);
  return kept;
}

function isOfPlatform({ metadata }: V1Pod): boolean {
  return platformNamespaces.some((namespace) => namespace === metadata?.namespace);
}

function isUnready(pod: V1Pod): boolean {
  return pod.status?.phase !== "Succeeded" && !isReady(pod);
}
