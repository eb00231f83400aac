import {
  DeleteFlowLogsCommand,
  DeleteInternetGatewayCommand,
  DeleteNatGatewayCommand,
  DeleteRouteTableCommand,
  DeleteSubnetCommand,
  DeleteVpcEndpointsCommand,
  DescribeAddressesCommand,
  DetachInternetGatewayCommand,
  DisassociateRouteTableCommand,
  paginateDescribeFlowLogs,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
  ReleaseAddressCommand,
  type Tag,
} from "@aws-sdk/client-ec2";

import { allPages } from "../../../aws/pages";
import { tagsFrom } from "../../cluster-tags";
import type { StackKind } from "../../stack-names";
import { inVpc, ofCluster, type ResourceList, type StackResource } from "./stack-resource";

function resource(
  kind: StackKind,
  id: string,
  Tags: readonly Tag[] | undefined,
  remove: StackResource["remove"],
  parts: readonly string[] = [],
): StackResource {
  const tags = tagsFrom(Tags);
  return { kind, id, name: tags["Name"] ?? "", tags, remove, parts };
}

export const flowLogs: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeFlowLogs(client, { Filter: own }), (page) => page.FlowLogs);
  return found.map(({ FlowLogId: id = "", ResourceId, Tags }) => {
    const flowLog = resource("flow log", id, Tags, () => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] })));
    return inVpc(flowLog, ResourceId, settings.region, "delete-flow-logs --flow-log-ids");
  });
};

/** A gateway that was deleted is listed for an hour. */
export const natGateways: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeNatGateways(client, { Filter: own }), (page) => page.NatGateways);
  return found
    .filter(({ State }) => State !== "deleted")
    .map(({ NatGatewayId: id = "", VpcId, State, Tags }) => {
      const remove = () => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
      const gateway = resource("NAT gateway", id, Tags, State === "deleting" ? undefined : remove);
      return inVpc(gateway, VpcId, settings.region, "delete-nat-gateway --nat-gateway-id");
    });
};

export const endpoints: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeVpcEndpoints(client, { Filters: own }), (page) => page.VpcEndpoints);
  return found
    .filter(({ State }) => State?.toLowerCase() !== "deleted")
    .map(({ VpcEndpointId: id = "", VpcId, State, Tags }) => {
      const remove = () => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
      const endpoint = resource("endpoint", id, Tags, State?.toLowerCase() === "deleting" ? undefined : remove);
      return inVpc(endpoint, VpcId, settings.region, "delete-vpc-endpoints --vpc-endpoint-ids");
    });
};

export const elasticIps: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const own = ofCluster(settings.name);
  const { Addresses = [] } = await ec2.send(new DescribeAddressesCommand({ Filters: own }));
  return Addresses.map(({ AllocationId: id = "", Tags }) =>
    resource("elastic IP", id, Tags, () => ec2.send(new ReleaseAddressCommand({ AllocationId: id }))),
  );
};

export const subnets: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeSubnets(client, { Filters: own }), (page) => page.Subnets);
  return found.map(({ SubnetId: id = "", VpcId, Tags }) => {
    const subnet = resource("subnet", id, Tags, () => ec2.send(new DeleteSubnetCommand({ SubnetId: id })));
    return inVpc(subnet, VpcId, settings.region, "delete-subnet --subnet-id");
  });
};

export const internetGateways: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const pages = paginateDescribeInternetGateways(client, { Filters: own });
  const found = await allPages(pages, (page) => page.InternetGateways);
  return found.map(({ InternetGatewayId: id = "", Attachments = [], Tags }) => {
    const networks = Attachments.map(({ VpcId = "" }) => VpcId);
    const remove = async () => {
      for (const VpcId of networks) {
        await ec2.send(new DetachInternetGatewayCommand({ InternetGatewayId: id, VpcId }));
      }
      await ec2.send(new DeleteInternetGatewayCommand({ InternetGatewayId: id }));
    };
    const gateway = resource("internet gateway", id, Tags, remove, networks);
    return inVpc(gateway, networks[0], settings.region, "delete-internet-gateway --internet-gateway-id");
  });
};

export const routeTables: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeRouteTables(client, { Filters: own }), (page) => page.RouteTables);
  return found.map(({ RouteTableId: id = "", VpcId, Associations = [], Tags }) => {
    const associations = Associations.map(({ RouteTableAssociationId = "" }) => RouteTableAssociationId);
    const remove = async () => {
      for (const AssociationId of associations) {
        await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      }
      await ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }));
    };
    const table = resource("route table", id, Tags, remove, associations);
    return inVpc(table, VpcId, settings.region, "delete-route-table --route-table-id");
  });
};
