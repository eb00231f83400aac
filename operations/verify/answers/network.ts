import {
  type NatGateway,
  type NetworkInterface,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroupRules,
  paginateDescribeSubnets,
  type RouteTable,
  type SecurityGroupRule,
  type Subnet,
} from "@aws-sdk/client-ec2";

import { discoveryTag } from "../../../platform/names";
import { podSubnetTag } from "../../../platform/pod-tags";
import { hasPodSubnets } from "../../../schema/pod-subnets";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import type { EksAnswers } from "./eks";
import type { Once } from "./once";

/** What EC2 says of the VPC in which EKS has the cluster. */
export interface NetworkAnswers {
  subnets(): Promise<readonly Subnet[]>;
  /** Returns the subnets that nodes are in, those of the node groups and those in which Karpenter launches. */
  nodeSubnets(): Promise<readonly Subnet[]>;
  /** Returns the subnets in which Cilium gives nodes the addresses of their pods: those of nodes, or with `podCidr` or `network.podSubnets` others. */
  podSubnets(): Promise<readonly Subnet[]>;
  routeTables(): Promise<readonly RouteTable[]>;
  natGateways(): Promise<readonly NatGateway[]>;
  interfaces(): Promise<readonly NetworkInterface[]>;
  /** Returns the rules of the security group that EKS made for the cluster. */
  clusterGroupRules(): Promise<readonly SecurityGroupRule[]>;
}

export function networkAnswers({ settings, aws }: Connection, eks: EksAnswers, once: Once): NetworkAnswers {
  const pages = { client: aws.ec2 };
  const inVpc = async () => {
    const { vpcId = "" } = (await eks.cluster()).resourcesVpcConfig ?? {};
    return [{ Name: "vpc-id", Values: [vpcId] }];
  };
  const subnets = once("subnets", async () =>
    allPages(paginateDescribeSubnets(pages, { Filters: await inVpc() }), (page) => page.Subnets),
  );
  const isTagged = ({ Tags = [] }: Subnet, tag: string) =>
    Tags.some(({ Key, Value }) => Key === tag && Value === settings.name);
  const nodeSubnets = async () => {
    const [all, groups] = await Promise.all([subnets(), eks.nodeGroups()]);
    const named = [...groups.flatMap((group) => group.subnets ?? []), ...(settings.network?.privateSubnets ?? [])];
    return all.filter((subnet) => named.includes(subnet.SubnetId ?? "") || isTagged(subnet, discoveryTag));
  };
  return {
    subnets,
    nodeSubnets,
    podSubnets: async () => {
      const { network } = settings;
      return hasPodSubnets(settings)
        ? (await subnets()).filter(
            (subnet) => network?.podSubnets?.includes(subnet.SubnetId ?? "") ?? isTagged(subnet, podSubnetTag),
          )
        : nodeSubnets();
    },
    routeTables: once("route tables", async () =>
      allPages(paginateDescribeRouteTables(pages, { Filters: await inVpc() }), (page) => page.RouteTables),
    ),
    natGateways: once("NAT gateways", async () =>
      allPages(paginateDescribeNatGateways(pages, { Filter: await inVpc() }), (page) => page.NatGateways),
    ),
    interfaces: once("network interfaces", async () =>
      allPages(paginateDescribeNetworkInterfaces(pages, { Filters: await inVpc() }), (page) => page.NetworkInterfaces),
    ),
    clusterGroupRules: once("rules of the cluster security group", async () => {
      const { clusterSecurityGroupId = "" } = (await eks.cluster()).resourcesVpcConfig ?? {};
      const Filters = [{ Name: "group-id", Values: [clusterSecurityGroupId] }];
      return allPages(paginateDescribeSecurityGroupRules(pages, { Filters }), (page) => page.SecurityGroupRules);
    }),
  };
}
