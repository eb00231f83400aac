import {
  type NetworkInterface,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcEndpoints,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";

import { everything } from "../../connection/aws";
import type { Connection } from "../../connection/connection";
import { fits, tagsIn, terraformTags } from "../owned";
import type { Step } from "../step";
import { networksOf } from "./main-resource";

/** `eni-0a (ELB app/web), in-use, requested by amazon-elb, in subnet-1`: which it is and who has it. */
export function interfaceText(found: NetworkInterface): string {
  const { NetworkInterfaceId: id, Description: description, Attachment, RequesterId, SubnetId, Status } = found;
  const owner = Attachment?.InstanceId ?? (RequesterId ? `requested by ${RequesterId}` : "nobody's");
  return [`${id}${description ? ` (${description})` : ""}`, Status, owner, `in ${SubnetId}`].join(", ");
}

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

async function othersIn(network: string, { aws: { ec2 }, settings }: Connection): Promise<string[]> {
  const Filters = [{ Name: "vpc-id", Values: [network] }];
  const isOther = ({ Tags }: Pick<SecurityGroup, "Tags">) => !fits(terraformTags(settings.name), tagsIn(Tags));
  const client = { client: ec2 };

  const gateways = await everything(
    paginateDescribeNatGateways(client, { Filter: Filters }),
    (page) => page.NatGateways,
  );
  const endpoints = await everything(paginateDescribeVpcEndpoints(client, { Filters }), (page) => page.VpcEndpoints);
  const interfaces = await everything(
    paginateDescribeNetworkInterfaces(client, { Filters }),
    (page) => page.NetworkInterfaces,
  );
  const groups = await everything(paginateDescribeSecurityGroups(client, { Filters }), (page) => page.SecurityGroups);

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
    ...interfaces.filter((one) => !known.has(one.NetworkInterfaceId)).map(interfaceText),
    ...otherGroups.map(({ GroupId, GroupName }) => `security group ${GroupId} (${GroupName})`),
  ];
}
