import {
  type Filter,
  paginateDescribeNatGateways,
  paginateDescribeVpcEndpoints,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";

import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import { isMadeByTerraform, tagsFrom } from "../cluster-tags";
import { vpcIds } from "../main-resources";
import type { Step } from "../step";
import { interfaces, interfaceText } from "./network-interfaces";
import { groupText, securityGroups } from "./security-groups";

/** Without this step Terraform would wait for minutes, for each subnet and the VPC, and not say what for. */
export const emptyNetwork: Step = {
  id: "network",
  title: "Wait until the network holds nothing but Terraform's",
  verb: "wait for",
  timeoutMinutes: 10,
  find: async ({ connection }) => {
    const ids = await vpcIds(connection);
    const names = await Promise.all(ids.map((id) => othersIn(id, connection)));
    return names.flat().map((name) => ({ name, heldBy: undefined, clear: undefined }));
  },
};

/** Returns the names of what is in a VPC and was not made by Terraform. */
async function othersIn(vpcId: string, { aws, settings }: Connection): Promise<string[]> {
  const Filters: Filter[] = [{ Name: "vpc-id", Values: [vpcId] }];
  const isOther = ({ Tags }: Pick<SecurityGroup, "Tags">) => !isMadeByTerraform(settings.name, tagsFrom(Tags));
  const client = { client: aws.ec2 };

  const gateways = await allPages(paginateDescribeNatGateways(client, { Filter: Filters }), (page) => page.NatGateways);
  const endpoints = await allPages(paginateDescribeVpcEndpoints(client, { Filters }), (page) => page.VpcEndpoints);
  const attached = await interfaces(aws, Filters);
  const groups = await securityGroups(aws, Filters);

  // AWS lists gateways and endpoints for a while after they were deleted.
  const otherGateways = gateways.filter((one) => isOther(one) && one.State !== "deleted");
  const otherEndpoints = endpoints.filter((one) => isOther(one) && one.State?.toLowerCase() !== "deleted");
  // The default group goes with the VPC.
  const otherGroups = groups.filter((one) => isOther(one) && one.GroupName !== "default");
  // The interfaces of gateways and endpoints go with them.
  const included = new Set([
    ...gateways.flatMap(({ NatGatewayAddresses = [] }) => NatGatewayAddresses.map((one) => one.NetworkInterfaceId)),
    ...endpoints.flatMap(({ NetworkInterfaceIds = [] }) => NetworkInterfaceIds),
  ]);
  const otherInterfaces = attached.filter((one) => !included.has(one.NetworkInterfaceId));
  return [
    ...otherGateways.map(({ NatGatewayId }) => `NAT gateway ${NatGatewayId}`),
    ...otherEndpoints.map(({ VpcEndpointId, ServiceName }) => `endpoint ${VpcEndpointId} (${ServiceName})`),
    ...otherInterfaces.map(interfaceText),
    ...otherGroups.map((group) => `security group ${groupText(group)}`),
  ];
}
