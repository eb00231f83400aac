import {
  DeleteNetworkInterfaceCommand,
  type Filter,
  type NetworkInterface,
  paginateDescribeNetworkInterfaces,
} from "@aws-sdk/client-ec2";

import { ciliumClusterTag } from "../../../platform/names";
import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";
import { tagsFrom } from "../cluster-tags";
import type { Step } from "../step";

/** Interfaces that Cilium's operator has made may outlive it, and each keeps its subnet and its security groups from being deleted. */
export const deleteInterfaces: Step = {
  id: "interfaces",
  title: "Delete Cilium's network interfaces that are left",
  verb: "delete",
  timeoutMinutes: 10,
  find: async ({ connection: { aws, settings }, ownership }) => {
    const found = await interfaces(aws, [{ Name: `tag:${ciliumClusterTag}`, Values: [settings.name] }]);
    const own = found.filter((one) =>
      ownership.claimLocated({
        kind: "interface",
        id: one.NetworkInterfaceId ?? "",
        name: `network interface ${interfaceText(one)}`,
        tags: tagsFrom(one.TagSet),
        vpc: one.VpcId,
        removal: `aws ec2 delete-network-interface --region ${settings.region} --network-interface-id ${one.NetworkInterfaceId}`,
      }),
    );
    return own.map((one) => {
      const { NetworkInterfaceId, Attachment, Status } = one;
      const clear = async () => {
        await aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
      };
      // The status alone does not tell: those of NAT gateways can be available too.
      const isFree = Status === "available" && Attachment === undefined;
      return {
        name: interfaceText(one),
        heldBy: isFree ? undefined : "still attached",
        clear: isFree ? clear : undefined,
      };
    });
  },
};

export function interfaces({ ec2 }: Aws, Filters: Filter[]): Promise<NetworkInterface[]> {
  return allPages(paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters }), (page) => page.NetworkInterfaces);
}

/** Returns which interface it is and who has it: `eni-0a (ELB app/web), in-use, requested by amazon-elb, in subnet-1`. */
export function interfaceText(one: NetworkInterface): string {
  const { NetworkInterfaceId: id, Description: description, Attachment, RequesterId, SubnetId, Status } = one;
  const user = Attachment?.InstanceId ?? (RequesterId ? `requested by ${RequesterId}` : "nobody's");
  return [`${id}${description ? ` (${description})` : ""}`, Status, user, `in ${SubnetId}`].join(", ");
}
