import { paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import { type Cluster as DescribedCluster, paginateListNodegroups } from "@aws-sdk/client-eks";

import type { StackPart } from "../../platform/parts";
import { allPages } from "../aws/pages";
import type { Connection } from "../connection";
import { isOurs, tagsFrom } from "./cluster-tags";

/** The resource that AWS has as long as a stack stands, whatever the stack's state says. */
export interface MainResource {
  /** What people call it: `VPC`. */
  readonly word: string;
  /** Its address in the stack. */
  readonly address: string;
  /** Returns the ids of all such resources that AWS has, as `terraform import` takes them. */
  find(connection: Connection): Promise<readonly string[]>;
}

export const mainResources: Readonly<Record<StackPart, MainResource>> = {
  network: { word: "VPC", address: "aws_vpc.network", find: vpcIds },
  cluster: {
    word: "cluster",
    address: "aws_eks_cluster.cluster",
    find: async ({ describe, settings: { name } }) => ((await describe()) ? [name] : []),
  },
  bootstrap: {
    word: "node group",
    address: "aws_eks_node_group.system",
    find: async (connection) =>
      (await nodeGroupNames(connection)).map((group) => `${connection.settings.name}:${group}`),
  },
};

/** Returns the id of the VPC that the cluster's stack made; of several, if somebody has given others the same tags. */
export async function vpcIds({ aws, settings }: Connection): Promise<string[]> {
  const { name, network } = settings;
  if (network !== undefined) {
    // The platform may have made that VPC for another cluster of this name: it stays what its owner has made of it.
    return [];
  }
  const Filters = [{ Name: "tag:Name", Values: [name] }];
  const found = await allPages(paginateDescribeVpcs({ client: aws.ec2 }, { Filters }), (page) => page.Vpcs);
  return found.filter(({ Tags }) => isOurs(name, "VPC", tagsFrom(Tags))).map(({ VpcId = "" }) => VpcId);
}

/** Returns the ids of the VPCs in which what the cluster has made lies: the one that EKS names, as long as it has the cluster. */
export async function clusterVpcIds(connection: Connection, cluster: DescribedCluster | undefined): Promise<string[]> {
  const id = cluster?.resourcesVpcConfig?.vpcId ?? connection.settings.network?.vpcId;
  return id ? [id] : vpcIds(connection);
}

/** Returns the names of all node groups of the cluster, whoever made them. */
export async function nodeGroupNames({ aws, describe, settings: { name } }: Connection): Promise<string[]> {
  return (await describe())
    ? allPages(paginateListNodegroups({ client: aws.eks }, { clusterName: name }), (page) => page.nodegroups)
    : [];
}
