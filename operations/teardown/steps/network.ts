import {
  type Filter,
  type NetworkInterface,
  paginateDescribeNatGateways,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  paginateDescribeVpcEndpoints,
} from "@aws-sdk/client-ec2";

import type { Aws } from "../../connection/aws";
import { tagsIn } from "../owned";
import type { Step, Thing } from "../step";
import { networksOf } from "./main-resource";

/** `eni-0a (ELB app/web), of amazon-elb, in subnet-1`: which it is and who has it. */
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
    const { aws } = connection;
    const things: Thing[] = [];
    for (const network of await networksOf(connection)) {
      const within = [{ Name: "vpc-id", Values: [network] }];
      const known = await terraforms(aws, within);
      for await (const page of paginateDescribeNetworkInterfaces({ client: aws.ec2 }, { Filters: within })) {
        const left = (page.NetworkInterfaces ?? []).filter(({ NetworkInterfaceId: id = "" }) => !known.has(id));
        things.push(...left.map((found) => ({ name: interfaceText(found), held: undefined, act: undefined })));
      }
      for await (const page of paginateDescribeSecurityGroups({ client: aws.ec2 }, { Filters: within })) {
        for (const { GroupId, GroupName, Tags } of page.SecurityGroups ?? []) {
          // The default one goes with the VPC.
          if (GroupName !== "default" && tagsIn(Tags)["ManagedBy"] !== "Terraform") {
            things.push({ name: `security group ${GroupId} (${GroupName})`, held: undefined, act: undefined });
          }
        }
      }
    }
    return things;
  },
};

/** Interfaces of NAT gateways and endpoints, which go with them. */
async function terraforms({ ec2 }: Aws, within: Filter[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for await (const { NatGateways = [] } of paginateDescribeNatGateways({ client: ec2 }, { Filter: within })) {
    for (const { NetworkInterfaceId: id = "" } of NatGateways.flatMap((one) => one.NatGatewayAddresses ?? [])) {
      known.add(id);
    }
  }
  for await (const { VpcEndpoints = [] } of paginateDescribeVpcEndpoints({ client: ec2 }, { Filters: within })) {
    for (const id of VpcEndpoints.flatMap(({ NetworkInterfaceIds = [] }) => NetworkInterfaceIds)) {
      known.add(id);
    }
  }
  return known;
}
