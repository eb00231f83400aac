import {
  type CoreV1Api,
  setHeaderOptions,
  type V1ConfigMap,
  type V1CronJob,
  type V1DaemonSet,
  type V1Deployment,
  type V1Node,
  type V1ObjectMeta,
  type V1Pod,
  type V1Service,
} from "@kubernetes/client-node";

import { doNotDisrupt, type PlatformNamespace, platformNamespaces } from "../../../platform/names";
import type { Connection } from "../../connection";
import { listCustomObjects } from "../../kubernetes/custom-objects";
import { type ClusterObject, type CustomResource, ifObjectExists, isReady } from "../../kubernetes/objects";
import { type CiliumNode, ciliumNodeOf } from "./cilium-node";
import type { Once } from "./once";

/** What the cluster's API says. */
export interface KubernetesAnswers {
  nodes(): Promise<readonly V1Node[]>;
  /** Returns the pods of a namespace of the platform. */
  pods(namespace: PlatformNamespace): Promise<readonly V1Pod[]>;
  /** Returns the pods of all namespaces that are not ready, without those that have ended well. */
  unreadyPods(): Promise<readonly V1Pod[]>;
  /** Returns the pods of all namespaces that nobody makes again when their node goes, without those that have ended. */
  podsWithoutController(): Promise<readonly V1Pod[]>;
  /** Returns the pods of all namespaces whose annotation keeps Karpenter from taking their nodes away. */
  podsNotToDisrupt(): Promise<readonly V1Pod[]>;
  daemonSets(namespace: string): Promise<readonly V1DaemonSet[]>;
  deployments(namespace: string): Promise<readonly V1Deployment[]>;
  configMap(namespace: string, name: string): Promise<V1ConfigMap | undefined>;
  service(namespace: string, name: string): Promise<V1Service | undefined>;
  cronJob(namespace: string, name: string): Promise<V1CronJob | undefined>;
  /** Returns names, labels and times of a namespace's Secrets, and nothing of what is in them. */
  secrets(namespace: string): Promise<readonly V1ObjectMeta[]>;
  /** Returns what Helm has written of the revisions of a release, without what is in them, which is secret. */
  releaseRevisions(namespace: string, release: string): Promise<readonly V1ObjectMeta[]>;
  ciliumNodes(): Promise<readonly CiliumNode[]>;
  /** Returns how many endpoints of a Service are ready. */
  readyEndpoints(namespace: string, service: string): Promise<number>;
  /** Returns the objects of a custom resource; none if its definition is not installed. */
  customObjects(resource: CustomResource): Promise<readonly ClusterObject[]>;
}

export function kubernetesAnswers({ kubernetes }: Connection, once: Once): KubernetesAnswers {
  const customObjects = once("custom objects", async (resource: CustomResource) =>
    listCustomObjects((await kubernetes()).customObjects, resource),
  );
  const pods = once("pods", async () => readPods((await kubernetes()).core));
  const secrets = once("secrets", async (namespace: string) => {
    const { items } = await (await kubernetes()).core.listNamespacedSecret({ namespace }, metadataOnly);
    // A list of metadata is null where it has nothing in it.
    return (items ?? []).flatMap(({ metadata }) => metadata ?? []);
  });
  return {
    nodes: once("nodes", async () => readNodes((await kubernetes()).core)),
    pods: async (namespace) => (await pods()).filter(({ metadata }) => metadata?.namespace === namespace),
    unreadyPods: async () => (await pods()).filter(isUnready),
    podsWithoutController: async () => (await pods()).filter(hasNoController),
    podsNotToDisrupt: async () => (await pods()).filter(isNotToDisrupt),
    daemonSets: once("daemon sets", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDaemonSet({ namespace })).items;
    }),
    deployments: once("deployments", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDeployment({ namespace })).items;
    }),
    configMap: once("config map", async (namespace: string, name: string) => {
      return ifObjectExists((await kubernetes()).core.readNamespacedConfigMap({ namespace, name }));
    }),
    service: once("service", async (namespace: string, name: string) => {
      return ifObjectExists((await kubernetes()).core.readNamespacedService({ namespace, name }));
    }),
    cronJob: once("cron job", async (namespace: string, name: string) => {
      return ifObjectExists((await kubernetes()).batch.readNamespacedCronJob({ namespace, name }));
    }),
    secrets,
    releaseRevisions: async (namespace, release) =>
      (await secrets(namespace)).filter(({ labels }) => labels?.["owner"] === "helm" && labels["name"] === release),
    readyEndpoints: once("endpoints", async (namespace: string, service: string) => {
      const { discovery } = await kubernetes();
      const labelSelector = `kubernetes.io/service-name=${service}`;
      const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
      return items
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter((endpoint) => endpoint.conditions?.ready !== false).length;
    }),
    ciliumNodes: once("Cilium's nodes", async () =>
      listCustomObjects((await kubernetes()).customObjects, "ciliumnodes.v2.cilium.io", ciliumNodeOf),
    ),
    customObjects,
  };
}

/** Has the API answer with the metadata of objects alone (Kubernetes, "API Concepts"). */
const metadataOnly = setHeaderOptions("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");

/** Pods or nodes of a page: some megabytes, where all those of a large cluster would be hundreds. */
const itemsPerPage = 200;

/** Reads all nodes, without the images that each has: they are most of it. */
async function readNodes(core: CoreV1Api): Promise<readonly V1Node[]> {
  return readPages(
    (page) => core.listNode(page),
    (nodes) => nodes.map(withoutImages),
  );
}

function withoutImages({ metadata, spec, status }: V1Node): V1Node {
  const { images, ...rest } = status ?? {};
  return { metadata: withoutManagers(metadata), ...(spec ? { spec } : {}), status: rest };
}

/** Leaves out who has set which member, which is half of many objects. */
function withoutManagers(metadata: V1ObjectMeta = {}): V1ObjectMeta {
  const { managedFields, ...rest } = metadata;
  return rest;
}

/** Reads all pods, and keeps those of the platform, and of others those that somebody asks for. */
async function readPods(core: CoreV1Api): Promise<readonly V1Pod[]> {
  return readPages(
    (page) => core.listPodForAllNamespaces(page),
    (pods) =>
      pods
        .filter((pod) => [isOfPlatform, isUnready, hasNoController, isNotToDisrupt].some((isKept) => isKept(pod)))
        .map((pod) => ({ ...pod, metadata: withoutManagers(pod.metadata) })),
  );
}

/** Reads a list page by page. Of each page only what is kept stays in memory. */
async function readPages<Item>(
  list: (page: { limit: number; _continue?: string }) => Promise<{
    items: Item[];
    metadata?: { _continue?: string };
  }>,
  keep: (items: readonly Item[]) => readonly Item[],
): Promise<readonly Item[]> {
  const kept: Item[] = [];
  let next: string | undefined;
  do {
    const { items, metadata } = await list({
      limit: itemsPerPage,
      ...(next === undefined ? {} : { _continue: next }),
    });
    kept.push(...keep(items));
    next = metadata?._continue || undefined;
  } while (next !== undefined);
  return kept;
}

function isOfPlatform({ metadata }: V1Pod): boolean {
  return platformNamespaces.some((namespace) => namespace === metadata?.namespace);
}

function hasNoController({ metadata, status }: V1Pod): boolean {
  const hasEnded = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !hasEnded && !metadata?.ownerReferences?.some(({ controller }) => controller);
}

/** Returns whether Karpenter leaves a pod where it is (Karpenter, "Disruption", pod-level controls). */
function isNotToDisrupt({ metadata, status }: V1Pod): boolean {
  const hasEnded = status?.phase === "Succeeded" || status?.phase === "Failed";
  return !hasEnded && metadata?.annotations?.[doNotDisrupt] === "true";
}

function isUnready(pod: V1Pod): boolean {
  return pod.status?.phase !== "Succeeded" && !isReady(pod);
}
