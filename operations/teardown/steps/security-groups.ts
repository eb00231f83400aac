import {
  DeleteSecurityGroupCommand,
  type Filter,
  paginateDescribeSecurityGroups,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";

import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";
import { tagsFrom } from "../cluster-tags";
import type { Step } from "../step";
import { interfaces, interfaceText } from "./network-interfaces";

/**
 * This step deletes groups that controllers of load balancers have made. EKS makes one for the cluster, which names the others in its
 * rules and goes with the cluster; if it outlives the cluster, this step deletes it too.
 */
export const deleteSecurityGroups: Step = {
  id: "security-groups",
  title: "Delete security groups of load balancers",
  verb: "delete",
  timeoutMinutes: 10,
  find: async ({ connection: { aws, describe, settings }, ownership }) => {
    const { resourcesVpcConfig } = (await describe()) ?? {};
    const own = (await securityGroups(aws, [])).filter(
      (group) =>
        group.GroupId !== resourcesVpcConfig?.clusterSecurityGroupId &&
        ownership.claimLocated({
          kind: "security group",
          id: group.GroupId ?? "",
          name: `security group ${groupText(group)}`,
          tags: tagsFrom(group.Tags),
          vpc: group.VpcId,
          removal: `aws ec2 delete-security-group --region ${settings.region} --group-id ${group.GroupId}`,
        }),
    );
    return Promise.all(
      own.map(async (group) => {
        const { GroupId = "" } = group;
        const users = await usersOf(GroupId, aws);
        const isFree = users.length === 0;
        const clear = async () => {
          await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
        };
        return {
          name: groupText(group),
          heldBy: isFree ? undefined : users.join(", "),
          clear: isFree ? clear : undefined,
        };
      }),
    );
  },
};

/** Returns the interfaces that have a security group, and the other groups whose rules name it. */
async function usersOf(groupId: string, aws: Aws): Promise<string[]> {
  const filter = (Name: string) => [{ Name, Values: [groupId] }];
  const having = await interfaces(aws, filter("group-id"));
  const naming = [
    ...(await securityGroups(aws, filter("ip-permission.group-id"))),
    ...(await securityGroups(aws, filter("egress.ip-permission.group-id"))),
  ];
  const others = naming.filter(({ GroupId }) => GroupId !== groupId);
  return [...having.map(interfaceText), ...others.map((group) => `a rule of security group ${groupText(group)}`)];
}

export function securityGroups({ ec2 }: Aws, Filters: Filter[]): Promise<SecurityGroup[]> {
  return allPages(paginateDescribeSecurityGroups({ client: ec2 }, { Filters }), (page) => page.SecurityGroups);
}

/** Returns the id of a group with its name: `sg-0a (k8s-elb-a1b2c3)`. */
export function groupText({ GroupId, GroupName }: SecurityGroup): string {
  return `${GroupId} (${GroupName})`;
}
