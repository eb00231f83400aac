import {
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";

import type { AwsAccess } from "./aws-access";

/** Returns all that EC2 says of a VPC and of what is in it, by kind: routes, tags and rules too. */
export async function describeNetwork(vpcId: string, access: AwsAccess): Promise<Readonly<Record<string, object>>> {
  const ec2 = new EC2Client(access);
  const Filters = [{ Name: "vpc-id", Values: [vpcId] }];
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({ Filters }));
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const { NatGateways } = await ec2.send(new DescribeNatGatewaysCommand({ Filter: Filters }));
  const { InternetGateways } = await ec2.send(
    new DescribeInternetGatewaysCommand({ Filters: [{ Name: "attachment.vpc-id", Values: [vpcId] }] }),
  );
  const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const { NetworkInterfaces } = await ec2.send(new DescribeNetworkInterfacesCommand({ Filters }));
  return {
    VPC: Vpcs ?? [],
    subnets: Subnets ?? [],
    "route tables": RouteTables ?? [],
    "NAT gateways": NatGateways ?? [],
    "internet gateways": InternetGateways ?? [],
    endpoints: VpcEndpoints ?? [],
    "security groups": SecurityGroups ?? [],
    "network interfaces": NetworkInterfaces ?? [],
  };
}
