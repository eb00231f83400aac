import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNatGatewayCommand,
  CreateRouteCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
  type IpPermission,
  ReplaceRouteCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";

import { answered, type Break, done } from "../breaking";
import { type BrokenStates, clusterName, eks } from "./state";

const ec2 = () => new EC2Client({ region: "eu-central-1" });
const anywhere = "0.0.0.0/0";

/** The route table of nodes in the first zone, and the NAT gateway to which it leads. */
async function firstWay() {
  const Filters = [{ Name: "tag:Name", Values: [`${clusterName}-private-a`] }];
  const { RouteTables: [table] = [] } = await ec2().send(new DescribeRouteTablesCommand({ Filters }));
  const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === anywhere);
  return { RouteTableId: table?.RouteTableId, NatGatewayId: route?.NatGatewayId };
}

const withoutGateway: Break = async (act) => {
  const { RouteTableId, NatGatewayId } = await firstWay();
  const { NatGateways: [gateway] = [] } = await ec2().send(
    new DescribeNatGatewaysCommand({ NatGatewayIds: [NatGatewayId ?? ""] }),
  );
  const AllocationId = gateway?.NatGatewayAddresses?.[0]?.AllocationId;
  return done(
    () => ec2().send(new DeleteNatGatewayCommand({ NatGatewayId })),
    async () => {
      const made = await ec2().send(new CreateNatGatewayCommand({ SubnetId: gateway?.SubnetId, AllocationId }));
      const next = { RouteTableId, DestinationCidrBlock: anywhere, NatGatewayId: made.NatGateway?.NatGatewayId };
      await ec2().send(new ReplaceRouteCommand(next));
    },
  )(act);
};

const withoutRoute: Break = async (act) => {
  const { RouteTableId, NatGatewayId } = await firstWay();
  const route = { RouteTableId, DestinationCidrBlock: anywhere };
  return done(
    () => ec2().send(new DeleteRouteCommand(route)),
    () => ec2().send(new CreateRouteCommand({ ...route, NatGatewayId })),
  )(act);
};

/** The security group that EKS made has no rules any more. */
const withoutRules: Break = async (act) => {
  const { cluster } = await eks().send(new DescribeClusterCommand({ name: clusterName }));
  const GroupId = cluster?.resourcesVpcConfig?.clusterSecurityGroupId ?? "";
  const Filters = [{ Name: "group-id", Values: [GroupId] }];
  const { SecurityGroupRules: rules = [] } = await ec2().send(new DescribeSecurityGroupRulesCommand({ Filters }));
  const ids = (isEgress: boolean) =>
    rules
      .filter(({ IsEgress }) => IsEgress === isEgress)
      .flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []);
  const ingress: IpPermission[] = [
    { IpProtocol: "-1", UserIdGroupPairs: [{ GroupId }] },
    {
      IpProtocol: "tcp",
      FromPort: 443,
      ToPort: 443,
      IpRanges: [{ CidrIp: rules.find(({ FromPort }) => FromPort === 443)?.CidrIpv4 }],
    },
  ];
  const egress: IpPermission[] = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: anywhere }] }];
  return done(
    async () => {
      await ec2().send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds: ids(false) }));
      await ec2().send(new RevokeSecurityGroupEgressCommand({ GroupId, SecurityGroupRuleIds: ids(true) }));
    },
    async () => {
      await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: ingress }));
      await ec2().send(new AuthorizeSecurityGroupEgressCommand({ GroupId, IpPermissions: egress }));
    },
  )(act);
};

export const networkStates: BrokenStates = {
  "a NAT gateway that is gone": {
    broken: () => withoutGateway,
    lines: [/^broken +ways out of the VPC +nat-\w+, the NAT gateway of demo-k8s-cilium-private-a, is deleted/],
  },
  "nodes without a default route": {
    broken: () => withoutRoute,
    lines: [/^broken +ways out of the VPC +demo-k8s-cilium-private-a has no default route/],
  },
  "a cluster security group without rules": {
    broken: () => withoutRules,
    lines: [
      /^broken +cluster security group +sg-\w+ does not let nodes reach each other and the control plane, anything out and \S+ reach the API/,
    ],
  },
  "subnets of nodes that have no /28 left": {
    broken: () => answered("ec2:DescribeSubnets", (answer) => answer.replaceAll("/19<", "/27<")),
    lines: [/^broken +addresses of subnets +demo-k8s-cilium-private-\w has 0 free \/28s/],
  },
  "subnets of the control plane that are full": {
    broken: () =>
      answered("ec2:DescribeSubnets", (answer) =>
        answer.replaceAll(/(<availableIpAddressCount>)\d+(<)/g, (_, before, after) => `${before}4${after}`),
      ),
    lines: [
      /^broken +addresses of subnets +demo-k8s-cilium-control-plane-a and \S+ of the control plane: fewer than 5 left/,
    ],
  },
};
