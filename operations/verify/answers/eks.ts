import {
  type AccessEntry,
  type Addon,
  type AssociatedAccessPolicy,
  type ClusterVersionInformation,
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeClusterVersionsCommand,
  type Cluster as DescribedCluster,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  ListAddonsCommand,
  ListAssociatedAccessPoliciesCommand,
  ListNodegroupsCommand,
  type Nodegroup,
  paginateListAccessEntries,
  paginateListUpdates,
  type Update,
} from "@aws-sdk/client-eks";

import { ifResourceExists } from "../../aws/failure";
import { allPages } from "../../aws/pages";
import { type Connection, noCluster } from "../../connection";
import type { Once } from "./once";

/** What EKS says of the cluster. Without a cluster, questions throw a Failure. */
export interface EksAnswers {
  cluster(): Promise<DescribedCluster>;
  /** Returns every change that was made to the cluster itself, in no order. */
  clusterUpdates(): Promise<readonly Update[]>;
  /** Returns what EKS says of a version of Kubernetes; nothing if it offers no such version any more. */
  kubernetesVersion(version: string): Promise<ClusterVersionInformation | undefined>;
  nodeGroups(): Promise<readonly Nodegroup[]>;
  addons(): Promise<readonly string[]>;
  addon(name: string): Promise<Addon | undefined>;
  /** Returns the principals that have an access entry. */
  accessEntries(): Promise<readonly string[]>;
  accessEntry(principalArn: string): Promise<AccessEntry | undefined>;
  /** Returns the policies of a principal with an access entry; EKS answers with an error for others. */
  accessPolicies(principalArn: string): Promise<readonly AssociatedAccessPolicy[]>;
}

export function eksAnswers({ settings, aws, describe }: Connection, once: Once): EksAnswers {
  const { name: clusterName } = settings;
  const { eks } = aws;
  const cluster = once("cluster", async () => {
    const described = await describe();
    if (!described) {
      throw noCluster(settings);
    }
    return described;
  });
  return {
    cluster,
    clusterUpdates: once("updates of the cluster", async () => {
      await cluster();
      const ids = await allPages(paginateListUpdates({ client: eks }, { name: clusterName }), (page) => page.updateIds);
      const described = ids.map((updateId) => eks.send(new DescribeUpdateCommand({ name: clusterName, updateId })));
      return (await Promise.all(described)).flatMap(({ update }) => update ?? []);
    }),
    kubernetesVersion: once("Kubernetes version", async (version: string) => {
      const { clusterVersions = [] } = await eks.send(
        new DescribeClusterVersionsCommand({ clusterVersions: [version] }),
      );
      return clusterVersions.find(({ clusterVersion }) => clusterVersion === version);
    }),
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
    accessEntries: once("access entries", async () => {
      await cluster();
      return allPages(paginateListAccessEntries({ client: eks }, { clusterName }), (page) => page.accessEntries);
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
