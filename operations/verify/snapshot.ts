import {
  type AccessEntry,
  type Addon,
  type AssociatedAccessPolicy,
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeNodegroupCommand,
  type Cluster as EksCluster,
  ListAddonsCommand,
  ListAssociatedAccessPoliciesCommand,
  ListNodegroupsCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";
import type { V1ConfigMap, V1DaemonSet, V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";

import type { Cluster } from "../../schema/settings";
import { type Aws, ifPresent } from "../aws/clients";
import { type Connection, noCluster } from "../connection";
import { ifThere } from "../kubernetes/clients";
import type { Custom } from "../kubernetes/custom";
import { type CiliumNode, ciliumNodeOf } from "./cilium-node";

/** What is there at one moment. However many want to know something, it is asked once. */
export interface Look {
  readonly settings: Cluster;
  readonly aws: Aws;
  cluster(): Promise<EksCluster>;
  nodeGroups(): Promise<readonly Nodegroup[]>;
  addons(): Promise<readonly string[]>;
  addon(name: string): Promise<Addon | undefined>;
  accessEntry(principalArn: string): Promise<AccessEntry | undefined>;
  accessPolicies(principalArn: string): Promise<readonly AssociatedAccessPolicy[]>;
  nodes(): Promise<readonly V1Node[]>;
  pods(namespace: string): Promise<readonly V1Pod[]>;
  daemonSets(namespace: string): Promise<readonly V1DaemonSet[]>;
  deployments(namespace: string): Promise<readonly V1Deployment[]>;
  configMap(namespace: string, name: string): Promise<V1ConfigMap | undefined>;
  ciliumNodes(): Promise<readonly CiliumNode[]>;
  /** How many endpoints of a Service answer. */
  endpoints(namespace: string, service: string): Promise<number>;
  head(): Promise<string | undefined>;
  /** Objects of a kind that Kubernetes does not have by itself; none where it is unknown. */
  custom(kind: CustomKind): Promise<readonly Custom[]>;
}

/** `ciliumnodes.v2.cilium.io`: plural, version, group. */
export type CustomKind = `${string}.v${string}.${string}`;

export function lookThrough({ settings, aws, describe, kubernetes, head }: Connection): Look {
  const { name: clusterName } = settings;
  const { eks } = aws;
  const answers = new Map<string, Promise<unknown>>();
  const once = <Words extends readonly string[], T>(subject: string, ask: (...words: Words) => Promise<T>) => {
    return (...words: Words): Promise<T> => {
      const key = [subject, ...words].join(" ");
      const answer = (answers.get(key) as Promise<T> | undefined) ?? ask(...words);
      answers.set(key, answer);
      return answer;
    };
  };

  const cluster = once("cluster", async () => {
    const cluster = await describe();
    if (!cluster) {
      throw await noCluster(settings, aws);
    }
    return cluster;
  });
  const custom = once("custom", async (kind: CustomKind) => {
    const [plural = "", version = "", ...group] = kind.split(".");
    const { custom: objects } = await kubernetes();
    const asked = objects.listClusterCustomObject({ group: group.join("."), version, plural });
    return ((await ifThere(asked)) as { items: Custom[] } | undefined)?.items ?? [];
  });

  return {
    settings,
    aws,
    cluster,
    nodeGroups: once("node groups", async () => {
      await cluster();
      const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName }));
      const described = nodegroups.map((nodegroupName) =>
        eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
      );
      return (await Promise.all(described)).flatMap(({ nodegroup }) => nodegroup ?? []);
    }),
    addons: once("add-ons", async () => {
      await cluster();
      return (await eks.send(new ListAddonsCommand({ clusterName }))).addons ?? [];
    }),
    addon: once("add-on", async (addonName: string) => {
      await cluster();
      const described = await ifPresent(eks.send(new DescribeAddonCommand({ clusterName, addonName })));
      return described?.addon;
    }),
    accessEntry: once("access entry", async (principalArn: string) => {
      await cluster();
      const described = await ifPresent(eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn })));
      return described?.accessEntry;
    }),
    accessPolicies: once("access policies", async (principalArn: string) => {
      const listed = await eks.send(new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn }));
      return listed.associatedAccessPolicies ?? [];
    }),
    nodes: once("nodes", async () => (await (await kubernetes()).core.listNode()).items),
    pods: once("pods", async (namespace: string) => {
      return (await (await kubernetes()).core.listNamespacedPod({ namespace })).items;
    }),
    daemonSets: once("daemon sets", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDaemonSet({ namespace })).items;
    }),
    deployments: once("deployments", async (namespace: string) => {
      return (await (await kubernetes()).apps.listNamespacedDeployment({ namespace })).items;
    }),
    configMap: once("config map", async (namespace: string, name: string) => {
      return ifThere((await kubernetes()).core.readNamespacedConfigMap({ namespace, name }));
    }),
    endpoints: once("endpoints", async (namespace: string, service: string) => {
      const { discovery } = await kubernetes();
      const labelSelector = `kubernetes.io/service-name=${service}`;
      const { items } = await discovery.listNamespacedEndpointSlice({ namespace, labelSelector });
      return items
        .flatMap(({ endpoints }) => endpoints ?? [])
        .filter((endpoint) => endpoint.conditions?.ready !== false).length;
    }),
    head: once("head", head),
    ciliumNodes: async () => (await custom("ciliumnodes.v2.cilium.io")).map(ciliumNodeOf),
    custom,
  };
}
