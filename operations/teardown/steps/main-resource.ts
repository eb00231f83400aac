import { paginateDescribeVpcs } from "@aws-sdk/client-ec2";
import { paginateListNodegroups } from "@aws-sdk/client-eks";

import { terraformTags } from "../../../platform/names";
import type { StackPart } from "../../../platform/parts";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";

/** The resource by which a stack that stands is told from one that does not, whatever its state says. */
export interface MainResource {
  /** `VPC`. */
  readonly word: string;
  /** In its stack. */
  readonly address: string;
  /** Those that AWS has, as `terraform import` calls them. */
  find(connection: Connection): Promise<readonly string[]>;
}

export const mainResources: Readonly<Record<StackPart, MainResource>> = {
  network: { word: "VPC", address: "aws_vpc.network", find: networksOf },
  cluster: {
    word: "cluster",
    address: "aws_eks_cluster.cluster",
    find: async ({ describe, settings: { name } }) => ((await describe()) ? [name] : []),
  },
  bootstrap: {
    word: "node group",
    address: "aws_eks_node_group.system",
    find: async (connection) => (await nodeGroupsOf(connection)).map((group) => `${connection.settings.name}:${group}`),
  },
};

/** Ids of the cluster's VPC, or none: by its name too, since whatever somebody puts beside the cluster may have the other tags. */
export async function networksOf({ aws, settings }: Connection): Promise<string[]> {
  const tags = { ...terraformTags(settings.name), Name: settings.name };
  const Filters = Object.entries(tags).map(([key, value]) => ({
    Name: `tag:${key}`,
    Values: [value],
  }));
  const found = await allPages(paginateDescribeVpcs({ client: aws.ec2 }, { Filters }), (page) => page.Vpcs);
  return found.map(({ VpcId = "" }) => VpcId);
}

/** Names of the cluster's node groups. */
export async function nodeGroupsOf({ aws, describe, settings: { name } }: Connection): Promise<string[]> {
  return (await describe())
    ? allPages(paginateListNodegroups({ client: aws.eks }, { clusterName: name }), (page) => page.nodegroups)
    : [];
}
