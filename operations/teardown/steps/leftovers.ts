import {
  DeleteLogGroupCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteLaunchTemplateCommand,
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  paginateDescribeLaunchTemplates,
} from "@aws-sdk/client-ec2";

import { controlPlaneLogGroup } from "../../../platform/names";
import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";
import { tagsIn } from "../ownership";
import type { Step, Thing } from "../step";
import { interfaces, interfaceText, securityGroups } from "./interfaces-and-groups";

/** Those of Cilium's that no instance has any more: they hold subnets and security groups. */
export const deleteInterfaces: Step = {
  id: "interfaces",
  title: "Delete Cilium's network interfaces that are left",
  verb: "delete",
  timeout: 10,
  find: async ({ connection: { aws, settings }, owned }) => {
    const Filters = [{ Name: "tag:io.cilium/cluster-name", Values: [settings.name] }];
    const found = await interfaces(aws, Filters);
    return found
      .filter(({ NetworkInterfaceId: id = "", TagSet }) => owned.has("interface", id, tagsIn(TagSet)))
      .map((one): Thing => {
        const { NetworkInterfaceId, Attachment, Status } = one;
        const act = async () => {
          await aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
        };
        // The status alone does not tell: those of NAT gateways can be available too.
        const free = Status === "available" && Attachment === undefined;
        return {
          name: interfaceText(one),
          ...(free ? { held: undefined, act } : { held: "still attached", act: undefined }),
        };
      });
  },
};

/** Karpenter makes them, and deletes them with its EC2NodeClass, if it lives. */
export const deleteLaunchTemplates: Step = {
  id: "launch-templates",
  title: "Delete Karpenter's launch templates that are left",
  verb: "delete",
  timeout: 2,
  find: async ({ connection: { aws, settings }, owned }) => {
    const Filters = [{ Name: "tag:eks:eks-cluster-name", Values: [settings.name] }];
    const found = await allPages(
      paginateDescribeLaunchTemplates({ client: aws.ec2 }, { Filters }),
      (page) => page.LaunchTemplates,
    );
    return found
      .filter(({ LaunchTemplateId: id = "", Tags }) => owned.has("launch template", id, tagsIn(Tags)))
      .map(({ LaunchTemplateId, LaunchTemplateName }): Thing => {
        const act = async () => {
          await aws.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId }));
        };
        return { name: `${LaunchTemplateId} (${LaunchTemplateName})`, held: undefined, act };
      });
  },
};

/** Of load balancers, and the cluster's own if it outlived it: EKS's group names them in its rules until it goes. */
export const deleteSecurityGroups: Step = {
  id: "security-groups",
  title: "Delete security groups of load balancers",
  verb: "delete",
  timeout: 10,
  find: async ({ connection: { aws, describe }, owned }) => {
    const { resourcesVpcConfig } = (await describe()) ?? {};
    const found = (await securityGroups(aws, [])).filter(
      ({ GroupId: id = "", Tags }) =>
        id !== resourcesVpcConfig?.clusterSecurityGroupId && owned.has("security group", id, tagsIn(Tags)),
    );
    return Promise.all(
      found.map(async ({ GroupId = "", GroupName }): Promise<Thing> => {
        const users = await usersOf(GroupId, aws);
        const act = async () => {
          await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
        };
        const name = `${GroupId} (${GroupName})`;
        return users.length > 0 ? { name, held: users.join(", "), act: undefined } : { name, held: undefined, act };
      }),
    );
  },
};

/** Whatever has a security group, or names it in a rule. */
async function usersOf(groupId: string, aws: Aws): Promise<string[]> {
  const naming = (Name: string) => [{ Name, Values: [groupId] }];
  const having = await interfaces(aws, naming("group-id"));
  const groups = [
    ...(await securityGroups(aws, naming("ip-permission.group-id"))),
    ...(await securityGroups(aws, naming("egress.ip-permission.group-id"))),
  ];
  return [
    ...having.map(interfaceText),
    ...groups
      .filter(({ GroupId }) => GroupId !== groupId)
      .map(({ GroupId, GroupName }) => `a rule of security group ${GroupId} (${GroupName})`),
  ];
}

/** Which late logs make again after Terraform has deleted it. */
export const deleteLogGroup: Step = {
  id: "log-group",
  title: "Delete the log group of the control plane",
  verb: "delete",
  timeout: 2,
  find: async ({
    connection: {
      aws,
      settings: { name, region },
    },
    owned,
    say,
  }) => {
    const logGroupName = controlPlaneLogGroup(name);
    const pages = paginateDescribeLogGroups({ client: aws.logs }, { logGroupNamePrefix: logGroupName });
    // Others may begin alike.
    const [found] = (await allPages(pages, (page) => page.logGroups)).filter(
      (group) => group.logGroupName === logGroupName,
    );
    if (!found) {
      return [];
    }
    const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn: found.logGroupArn }));
    if (!owned.has("log group", logGroupName, tags)) {
      say(`  left alone: ${logGroupName}, which lacks the tag Cluster=${name}; late logs make it so.`);
      say(`  If it is this cluster's: aws logs delete-log-group --region ${region} --log-group-name ${logGroupName}`);
      return [];
    }
    const act = async () => {
      await aws.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    };
    return [{ name: logGroupName, held: undefined, act }];
  },
};
