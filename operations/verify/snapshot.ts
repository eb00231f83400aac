import {
  type AccessEntry,
  type Addon,
  type AssociatedAccessPolicy,
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  type Cluster as DescribedCluster,
  DescribeNodegroupCommand,
  ListAddonsCommand,
  ListAssociatedAccessPoliciesCommand,
  ListNodegroupsCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";
import type { V1ConfigMap, V1DaemonSet, V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";

import type { Cluster } from "../../schema/settings";
import type { Aws } from "../aws/clients";
import { ifResourceExists } from "../aws/failure";
import { type Connection, noCluster } from "../connection";
import { type ClusterObject, type CustomResource, ifObjectExists, listCustomObjects } from "../kubernetes/objects";
import { type CiliumNode, ciliumNodeOf } from "./cilium-node";

/** The state of a cluster at one moment. Each question is asked when a check first needs it, and its answer is kept. */
export interface Snapshot extends EksAnswers, KubernetesAnswers {
  readonly settings: Cluster;
  readonly aws: Aws;
  /** Returns the commit at the head of the branch that Flux follows; nothing if GITHUB_TOKEN is not set. */
  head(): Promise<string | undefined>;
}

/** What EKS says of the cluster. Without a cluster, questions throw a Failure. */
interface EksAnswers {
  cluster(): Promise<DescribedCluster>;
  nodeGroups(): Promise<readonly Nodegroup[]>;
  addons(): Promise<readonly string[]>;
  addon(name: string): Promise<Addon | undefined>;
  accessEntry(principalArn: string): Promise<AccessEntry | undefined>;
  /** Returns the policies of a principal with an access entry; EKS answers with an error for others. */
  accessPolicies(principalArn: string): Promise<readonly AssociatedAccessPolicy[]>;
}

/** What the cluster's API says. */
interface KubernetesAnswers {
  nodes(): Promise<readonly V1Node[]>;
  pods(namespace: string): Promise<readonly V1Pod[]>;
  daemonSets(namespace: string): Promise<readonly V1DaemonSet[]>;
  deployments(namespace: string): Promise<readonly V1Deployment[]>;
  configMap(namespace: string, name: string): Promise<V1ConfigMap | undefined>;
  ciliumNodes(): Promise<readonly CiliumNode[]>;
  /** Returns how many endpoints of a Service are ready. */
  readyEndpoints(namespace: string, service: string): Promise<number>;
  /** Returns the objects of a custom resource; none if its definition is not installed. */
  customObjects(resource: CustomResource): Promise<readonly ClusterObject[]>;
}

export function snapshotOf(connection: Connection): Snapshot {
  const { settings, aws, head } = connection;
  const once = answersByQuestion();
  return {
    settings,
    aws,
    head: once("head", head),
    ...eksAnswers(connection, once),
    ...kubernetesAnswers(connection, once),
  };
}

/** Wraps a question so that it is asked once for each list of parameters. A failure is kept as well. */
type Once = <Parameters extends readonly string[], Answer>(
  subject: string,
  ask: (...parameters: Parameters) => Promise<Answer>,
) => (...parameters: Parameters) => Promise<Answer>;

function answersByQuestion(): Once {
  const answers = new Map<string, Promise<unknown>>();
  return <Parameters extends readonly string[], Answer>(
    subject: string,
    ask: (...parameters: Parameters) => Promise<Answer>,
  ) =>
    (...parameters: Parameters) => {
      const question = [subject, ...parameters].join(" ");
      const answer = (answers.get(question) as Promise<Answer> | undefined) ?? ask(...parameters);
      answers.set(question, answer);
      return answer;
    };
}

function eksAnswers({ settings, aws, describe }: Connection, once: Once): EksAnswers {
  const { name: clusterName } = settings;
  const { eks } = aws;
  const cluster = once("cluster", async () => {
    const described = await describe();
    if (!described) {
      throw await noCluster(settings, aws);
    }
    return described;
  });
  return {
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
      return (await ifResourceExists(eks.send(new DescribeAddonCommand({ clusterName, addonName }))))?.addon;
    }),
    accessEntry: once("access entry", async (principalArn: string) => {
      await cluster();
      const described = await ifResourceExists(eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn })));
      return described?.accessEntry;
    }),
    accessPolicies: once("access policies", async (principalArn: string) => {
      const listed = await eks.send(new ListAssociatedAccessPoliciesCommand({ clusterName, principalArn }));
      return listed.associatedAccessPolicies ?? [];
    }),
  };
}

function kubernetesAnswers({ kubernetes }: Connection, once: Once): KubernetesAnswers {
  const customObjects = once("custom objects", async (resource: CustomResource) =>
    listCustomObjects((await kubernetes()).customObjects, resource),
  );
  return {
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
      return ifObjectExists((await kubernetes()).core.readNamespacedConfigMap({ namespace, name }));
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
