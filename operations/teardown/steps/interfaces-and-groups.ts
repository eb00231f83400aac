import {
  type Filter,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";

import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";

export function interfaces({ ec2 }: Aws, Filters: Filter[]): Promise<NetworkInterface[]> {
  return allPages(paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters }), (page) => page.NetworkInterfaces);
}

export function securityGroups({ ec2 }: Aws, Filters: Filter[]): Promise<SecurityGroup[]> {
  return allPages(paginateDescribeSecurityGroups({ client: ec2 }, { Filters }), (page) => page.SecurityGroups);
}

/** `eni-0a (ELB app/web), in-use, requested by amazon-elb, in subnet-1`: which it is and who has it. */
export function interfaceText(found: NetworkInterface): string {
  const { NetworkInterfaceId: id, Description: description, Attachment, RequesterId, SubnetId, Status } = found;
  const owner = Attachment?.InstanceId ?? (RequesterId ? `requested by ${RequesterId}` : "nobody's");
  return [`${id}${description ? ` (${description})` : ""}`, Status, owner, `in ${SubnetId}`].join(", ");
}
