import { paginateDescribeNatGateways, paginateDescribeVpcEndpoints, type SecurityGroup } from "@aws-sdk/client-ec2";

import { terraformTags } from "../../../platform/names";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import { fits, tagsIn } from "../ownership";
import type { Step } from "../step";
import { interfaces, interfaceText, securityGroups } from "./interfaces-and-groups";
import { networksOf } from "./main-resource";

/** Without it Terraform would wait for minutes, for each subnet and the VPC, and not say what for. */
export const emptyNetwork: Step = {
  id: "network",
  title: "Wait until the network holds nothing but Terraform's",
  verb: "wait for",
  timeout: 10,
  find: async ({ connection }) => {
    const networks = await networksOf(connection);
    const names = await Promise.all(networks.map((network) => othersIn(network, connection)));
    return names.flat().map((name) => ({ name, held: undefined, act: undefined }));
  },
};

async function othersIn(network: string, { aws, settings }: Connection): Promise<string[]> {
  const Filters = [{ Name: "vpc-id", Values: [network] }];
  const isOther = ({ Tags }: Pick<SecurityGroup, "Tags">) => !fits(terraformTags(settings.name), tagsIn(Tags));
  const client = { client: aws.ec2 };

  const gateways = await allPages(paginateDescribeNatGateways(client, { Filter: Filters }), (page) => page.NatGateways);
  const endpoints = await allPages(paginateDescribeVpcEndpoints(client, { Filters }), (page) => page.VpcEndpoints);
  const attached = await interfaces(aws, Filters);
  const groups = await securityGroups(aws, Filters);

  // Both are listed for a while after they were deleted.
  const otherGateways = gateways.filter((one) => isOther(one) && one.State !== "deleted");
  const otherEndpoints = endpoints.filter((one) => isOther(one) && one.State?.toLowerCase() !== "deleted");
  // The default one goes with the VPC.
  const otherGroups = groups.filter((one) => isOther(one) && one.GroupName !== "default");
  // Theirs go with them.
  const known = new Set([
    ...gateways.flatMap(({ NatGatewayAddresses = [] }) => NatGatewayAddresses.map((one) => one.NetworkInterfaceId)),
    ...endpoints.flatMap(({ NetworkInterfaceIds = [] }) => NetworkInterfaceIds),
  ]);
  return [
    ...otherGateways.map(({ NatGatewayId }) => `NAT gateway ${NatGatewayId}`),
    ...otherEndpoints.map(({ VpcEndpointId, ServiceName }) => `endpoint ${VpcEndpointId} (${ServiceName})`),
    ...attached.filter((one) => !known.has(one.NetworkInterfaceId)).map(interfaceText),
    ...otherGroups.map(({ GroupId, GroupName }) => `security group ${GroupId} (${GroupName})`),
  ];
}
