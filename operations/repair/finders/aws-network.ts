import {
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  GetSubnetCidrReservationsCommand,
  type Tag,
} from "@aws-sdk/client-ec2";
import { tagsFrom } from "../../teardown/cluster-tags";
import { vpcIds } from "../../teardown/main-resources";
import { type Existing, type Finder, finderBy, knownText } from "../existing";

/** What in a network EC2 makes but once: two subnets never overlap, a VPC has one internet gateway. */
export const networkFinders: Readonly<Record<string, Finder>> = {
  // A second VPC would be in nobody's way, but teardown wait for the first.
  aws_vpc: async (_, connection) => {
    const [id] = await vpcIds(connection);
    // If the state is elsewhere, an import here would give the network two: only a person knows.
    const warning =
      "it has this cluster's name and tags: leave it if another state has it, as that of another checkout";
    return id === undefined ? undefined : untagged(id, warning);
  },

  aws_vpc_ipv4_cidr_block_association: finderBy(["vpc_id", "cidr_block"], async (known, { aws }) => {
    const { Vpcs: [vpc] = [] } = await aws.ec2.send(new DescribeVpcsCommand({ VpcIds: [known.vpc_id] }));
    const found = vpc?.CidrBlockAssociationSet?.find(
      ({ CidrBlock, CidrBlockState }) => CidrBlock === known.cidr_block && CidrBlockState?.State === "associated",
    );
    return found && untagged(found.AssociationId, `${known.cidr_block} of ${known.vpc_id}`);
  }),

  aws_subnet: finderBy(["vpc_id", "cidr_block"], async (known, { aws }) => {
    const Filters = filters({ "vpc-id": known.vpc_id, "cidr-block": known.cidr_block });
    const { Subnets: [found] = [] } = await aws.ec2.send(new DescribeSubnetsCommand({ Filters }));
    return found && tagged(found.SubnetId, found.Tags, `${known.cidr_block} in ${known.vpc_id}`);
  }),

  aws_ec2_subnet_cidr_reservation: finderBy(["subnet_id", "cidr_block"], async (known, { aws }) => {
    const { subnet_id: SubnetId, cidr_block } = known;
    const { SubnetIpv4CidrReservations: reservations = [] } = await aws.ec2.send(
      new GetSubnetCidrReservationsCommand({ SubnetId }),
    );
    const found = reservations.find(({ Cidr }) => Cidr === cidr_block);
    return (
      found && untagged(`${SubnetId}:${found.SubnetCidrReservationId}`, `${cidr_block} for ${found.ReservationType}`)
    );
  }),

  aws_internet_gateway: finderBy(["vpc_id"], async ({ vpc_id }, { aws }) => {
    const Filters = filters({ "attachment.vpc-id": vpc_id });
    const { InternetGateways: [found] = [] } = await aws.ec2.send(new DescribeInternetGatewaysCommand({ Filters }));
    return found && tagged(found.InternetGatewayId, found.Tags, `attached to ${vpc_id}`);
  }),

  aws_nat_gateway: finderBy(["subnet_id", "allocation_id"], async (known, { aws }) => {
    const Filter = [
      { Name: "subnet-id", Values: [known.subnet_id] },
      { Name: "state", Values: ["pending", "available"] },
    ];
    const { NatGateways = [] } = await aws.ec2.send(new DescribeNatGatewaysCommand({ Filter }));
    const found = NatGateways.find(({ NatGatewayAddresses = [] }) =>
      NatGatewayAddresses.some(({ AllocationId }) => AllocationId === known.allocation_id),
    );
    return found && tagged(found.NatGatewayId, found.Tags, `${found.State}, has the address ${known.allocation_id}`);
  }),

  aws_route: finderBy(["route_table_id", "destination_cidr_block"], async (known, { aws }) => {
    const { route_table_id: table, destination_cidr_block: destination } = known;
    const { RouteTables = [] } = await aws.ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [table] }));
    const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
    const found = routes.find((route) => route.DestinationCidrBlock === destination);
    return found && untagged(`${table}_${destination}`, `${destination} by ${found.NatGatewayId ?? found.GatewayId}`);
  }),

  aws_route_table_association: finderBy(["subnet_id", "route_table_id"], async (known, { aws }) => {
    const Filters = filters({ "association.subnet-id": known.subnet_id });
    const { RouteTables: [found] = [] } = await aws.ec2.send(new DescribeRouteTablesCommand({ Filters }));
    return (
      found && untagged(`${known.subnet_id}/${found.RouteTableId}`, `${known.subnet_id} has ${found.RouteTableId}`)
    );
  }),

  aws_vpc_endpoint: finderBy(["vpc_id", "service_name"], async (known, { aws }) => {
    const Filters = filters({ "vpc-id": known.vpc_id, "service-name": known.service_name });
    const { VpcEndpoints = [] } = await aws.ec2.send(new DescribeVpcEndpointsCommand({ Filters }));
    const found = VpcEndpoints.find(({ State = "" }) => /^(?:pending|available)/i.test(State));
    return found && tagged(found.VpcEndpointId, found.Tags, `${known.service_name} in ${known.vpc_id}`);
  }),

  aws_security_group: finderBy(["vpc_id", "name"], async (known, { aws }) => {
    const Filters = filters({ "vpc-id": known.vpc_id, "group-name": known.name });
    const { SecurityGroups: [found] = [] } = await aws.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
    return found && tagged(found.GroupId, found.Tags, `${known.name} in ${known.vpc_id}`);
  }),

  aws_vpc_security_group_ingress_rule: async (planned, connection, predecessors) => {
    const ports = [knownText(planned, "from_port"), knownText(planned, "to_port")].map(Number);
    const find = finderBy(["security_group_id", "cidr_ipv4", "ip_protocol"], async (known, { aws }) => {
      const Filters = filters({ "group-id": known.security_group_id });
      const { SecurityGroupRules: rules = [] } = await aws.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
      const found = rules.find(
        ({ IsEgress, CidrIpv4, IpProtocol, FromPort, ToPort }) =>
          !IsEgress &&
          CidrIpv4 === known.cidr_ipv4 &&
          IpProtocol === known.ip_protocol &&
          (IpProtocol === "-1" || (FromPort === ports[0] && ToPort === ports[1])),
      );
      const text = `${known.ip_protocol} ${ports.join("-")} from ${known.cidr_ipv4} to ${known.security_group_id}`;
      return found && tagged(found.SecurityGroupRuleId, found.Tags, text);
    });
    return find(planned, connection, predecessors);
  },

  aws_flow_log: finderBy(["vpc_id", "log_destination"], async (known, { aws }) => {
    const Filter = filters({ "resource-id": known.vpc_id });
    const { FlowLogs = [] } = await aws.ec2.send(new DescribeFlowLogsCommand({ Filter }));
    const found = FlowLogs.find(({ LogDestination }) => LogDestination === known.log_destination);
    return found && tagged(found.FlowLogId, found.Tags, `of ${known.vpc_id} to ${known.log_destination}`);
  }),
};

function filters(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([Name, value]) => ({ Name, Values: [value] }));
}

function tagged(id = "", tags: readonly Tag[] | undefined, detail: string): Existing {
  return { id, tags: tagsFrom(tags), details: [detail] };
}

function untagged(id = "", detail: string): Existing {
  return { id, tags: undefined, details: [detail] };
}
