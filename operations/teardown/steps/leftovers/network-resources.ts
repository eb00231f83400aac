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
import { tagsFrom } from "../../ownership";
import type { StackKind } from "../../stack-names";
import { ofCluster, type ResourceList, type StackResource } from "./stack-resource";

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
  return found.map(({ FlowLogId: id = "", Tags }) =>
    resource("flow log", id, Tags, () => ec2.send(new DeleteFlowLogsCommand({ FlowLogIds: [id] }))),
  );
};

/** A gateway that was deleted is listed for an hour. */
export const natGateways: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeNatGateways(client, { Filter: own }), (page) => page.NatGateways);
  return found
    .filter(({ State }) => State !== "deleted")
    .map(({ NatGatewayId: id = "", State, Tags }) => {
      const remove = () => ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
      return resource("NAT gateway", id, Tags, State === "deleting" ? undefined : remove);
    });
};

export const endpoints: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeVpcEndpoints(client, { Filters: own }), (page) => page.VpcEndpoints);
  return found
    .filter(({ State }) => State?.toLowerCase() !== "deleted")
    .map(({ VpcEndpointId: id = "", State, Tags }) => {
      const remove = () => ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
      return resource("endpoint", id, Tags, State?.toLowerCase() === "deleting" ? undefined : remove);
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
  return found.map(({ SubnetId: id = "", Tags }) =>
    resource("subnet", id, Tags, () => ec2.send(new DeleteSubnetCommand({ SubnetId: id }))),
  );
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
    return resource("internet gateway", id, Tags, remove, networks);
  });
};

export const routeTables: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const client = { client: ec2 };
  const own = ofCluster(settings.name);
  const found = await allPages(paginateDescribeRouteTables(client, { Filters: own }), (page) => page.RouteTables);
  return found.map(({ RouteTableId: id = "", Associations = [], Tags }) => {
    const associations = Associations.map(({ RouteTableAssociationId = "" }) => RouteTableAssociationId);
    const remove = async () => {
      for (const AssociationId of associations) {
        await ec2.send(new DisassociateRouteTableCommand({ AssociationId }));
      }
      await ec2.send(new DeleteRouteTableCommand({ RouteTableId: id }));
    };
    return resource("route table", id, Tags, remove, associations);
  });
};
