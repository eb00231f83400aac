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
  paginateDescribeNetworkInterfaces,
  paginateDescribeSecurityGroups,
} from "@aws-sdk/client-ec2";
import { tagsIn } from "../owned";
import type { Step, Thing } from "../step";
import { interfaceText } from "./network";

/** Those of Cilium's that no instance has any more: they hold subnets and security groups. */
export const deleteInterfaces: Step = {
  id: "interfaces",
  title: "Delete Cilium's network interfaces that are left",
  verb: "delete",
  timeout: 10,
  find: async ({ connection: { aws, settings }, owned }) => {
    const things: Thing[] = [];
    const Filters = [{ Name: "tag:io.cilium/cluster-name", Values: [settings.name] }];
    for await (const { NetworkInterfaces = [] } of paginateDescribeNetworkInterfaces(
      { client: aws.ec2 },
      { Filters },
    )) {
      for (const found of NetworkInterfaces) {
        const { NetworkInterfaceId: id = "", Attachment, Status, TagSet } = found;
        // The status alone does not tell: those of NAT gateways can be available too.
        const free = Status === "available" && Attachment === undefined;
        if (owned.has("interface", id, tagsIn(TagSet))) {
          const act = async () => {
            await aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId: id }));
          };
          things.push({
            name: interfaceText(found),
            held: free ? undefined : "still attached",
            act: free ? act : undefined,
          });
        }
      }
    }
    return things;
  },
};

/** Karpenter makes them, and deletes them with its EC2NodeClass, if it lives. */
export const deleteLaunchTemplates: Step = {
  id: "launch-templates",
  title: "Delete Karpenter's launch templates that are left",
  verb: "delete",
  timeout: 2,
  find: async ({ connection: { aws, settings }, owned }) => {
    const things: Thing[] = [];
    const Filters = [{ Name: "tag:eks:eks-cluster-name", Values: [settings.name] }];
    for await (const { LaunchTemplates = [] } of paginateDescribeLaunchTemplates({ client: aws.ec2 }, { Filters })) {
      for (const { LaunchTemplateId: id = "", LaunchTemplateName: name, Tags } of LaunchTemplates) {
        const act = async () => {
          await aws.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
        };
        if (owned.has("launch template", id, tagsIn(Tags))) {
          things.push({ name: `${id} (${name})`, held: undefined, act });
        }
      }
    }
    return things;
  },
};

/** Of load balancers, and the cluster's own if it outlived it: EKS's group names them in its rules until it goes. */
export const deleteSecurityGroups: Step = {
  id: "security-groups",
  title: "Delete security groups of load balancers",
  verb: "delete",
  timeout: 10,
  find: async ({ connection: { aws, describe }, owned }) => {
    const things: Thing[] = [];
    const { resourcesVpcConfig } = (await describe()) ?? {};
    for await (const { SecurityGroups = [] } of paginateDescribeSecurityGroups({ client: aws.ec2 }, {})) {
      for (const { GroupId: id = "", GroupName: name, Tags } of SecurityGroups) {
        if (id !== resourcesVpcConfig?.clusterSecurityGroupId && owned.has("security group", id, tagsIn(Tags))) {
          const users: string[] = [];
          const Filters = [{ Name: "group-id", Values: [id] }];
          for await (const page of paginateDescribeNetworkInterfaces({ client: aws.ec2 }, { Filters })) {
            users.push(...(page.NetworkInterfaces ?? []).map(interfaceText));
          }
          const act = async () => {
            await aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
          };
          const used = users.length > 0;
          things.push({
            name: `${id} (${name})`,
            held: used ? users.join(", ") : undefined,
            act: used ? undefined : act,
          });
        }
      }
    }
    return things;
  },
};

/** Which late logs make again after Terraform has deleted it. */
export const deleteLogGroup: Step = {
  id: "log-group",
  title: "Delete the log group of the control plane",
  verb: "delete",
  timeout: 2,
  find: async ({ connection: { aws, settings }, owned, say }) => {
    const logGroupName = `/aws/eks/${settings.name}/cluster`;
    const things: Thing[] = [];
    const pages = paginateDescribeLogGroups({ client: aws.logs }, { logGroupNamePrefix: logGroupName });
    for await (const { logGroups = [] } of pages) {
      // Others may begin alike.
      for (const { logGroupArn: resourceArn } of logGroups.filter((group) => group.logGroupName === logGroupName)) {
        const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn }));
        if (owned.has("log group", logGroupName, tags)) {
          const act = async () => {
            await aws.logs.send(new DeleteLogGroupCommand({ logGroupName }));
          };
          things.push({ name: logGroupName, held: undefined, act });
        } else {
          say(`  left alone: ${logGroupName}, which lacks the tag Cluster=${settings.name}; late logs make it so.`);
          say(
            `  If it is this cluster's: aws logs delete-log-group --region ${settings.region} --log-group-name ${logGroupName}`,
          );
        }
      }
    }
    return things;
  },
};
