import {
  DeleteLogGroupCommand,
  ListTagsForResourceCommand as ListLogGroupTagsCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DeleteLaunchTemplateCommand,
  DeleteSecurityGroupCommand,
  paginateDescribeLaunchTemplates,
} from "@aws-sdk/client-ec2";
import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  type EventBridgeClient,
  ListTagsForResourceCommand as ListRuleTagsCommand,
  ListTargetsByRuleCommand,
  RemoveTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { DeleteAliasCommand, paginateListAliases } from "@aws-sdk/client-kms";
import { DeleteQueueCommand, GetQueueUrlCommand, ListQueueTagsCommand } from "@aws-sdk/client-sqs";

import { ifResourceExists } from "../../../aws/failure";
import { allPages } from "../../../aws/pages";
import { tagsFrom } from "../../cluster-tags";
import { isKeyOfSettings, tagsOfKey } from "../../kms-keys";
import { isStackName, stackNames } from "../../stack-names";
import { securityGroups } from "../security-groups";
import { inVpc, ofCluster, type ResourceList, type StackResource } from "./stack-resource";

export const launchTemplates: ResourceList = async ({ aws: { ec2 }, settings }) => {
  const pages = paginateDescribeLaunchTemplates({ client: ec2 }, { Filters: ofCluster(settings.name) });
  const found = await allPages(pages, (page) => page.LaunchTemplates);
  return found.map(({ LaunchTemplateId: id = "", LaunchTemplateName: name = "", Tags }) => {
    const remove = () => ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
    return { kind: "launch template", id, name, tags: tagsFrom(Tags), remove };
  });
};

export const endpointSecurityGroups: ResourceList = async ({ aws, settings }) => {
  const found = await securityGroups(aws, ofCluster(settings.name));
  return found.map(({ GroupId: id = "", VpcId, Tags }) => {
    const tags = tagsFrom(Tags);
    const remove = () => aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
    const group = { kind: "security group", id, name: tags["Name"] ?? "", tags, remove } as const;
    return inVpc(group, VpcId, settings.region, "delete-security-group --group-id");
  });
};

export const queues: ResourceList = async ({ aws: { sqs }, settings }) => {
  const found = await Promise.all(
    stackNames(settings).queue.map(async (name) => {
      const answer = await ifResourceExists(sqs.send(new GetQueueUrlCommand({ QueueName: name })));
      return answer?.QueueUrl === undefined ? [] : [{ name, url: answer.QueueUrl }];
    }),
  );
  return Promise.all(
    found.flat().map(async ({ name, url }): Promise<StackResource> => {
      const { Tags: tags = {} } = await sqs.send(new ListQueueTagsCommand({ QueueUrl: url }));
      const remove = () => sqs.send(new DeleteQueueCommand({ QueueUrl: url }));
      return { kind: "queue", id: url, name, tags, remove };
    }),
  );
};

export const eventRules: ResourceList = async ({ aws: { events }, settings }) => {
  const found = await Promise.all(stackNames(settings)["event rule"].map((name) => eventRule(name, events)));
  return found.flatMap((rule) => rule ?? []);
};

async function eventRule(name: string, events: EventBridgeClient): Promise<StackResource | undefined> {
  const rule = await ifResourceExists(events.send(new DescribeRuleCommand({ Name: name })));
  if (!rule) {
    return undefined;
  }
  const { Tags } = await events.send(new ListRuleTagsCommand({ ResourceARN: rule.Arn }));
  const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: name }));
  const targets = Targets.map(({ Id = "" }) => Id);
  const remove = async () => {
    if (targets.length > 0) {
      await events.send(new RemoveTargetsCommand({ Rule: name, Ids: targets }));
    }
    await events.send(new DeleteRuleCommand({ Name: name }));
  };
  return { kind: "event rule", id: name, name, tags: tagsFrom(Tags), remove, parts: targets };
}

/** An alias has no tags: those of its key say whose it is. */
export const keyAliases: ResourceList = async ({ aws: { kms }, settings }) => {
  const all = await allPages(paginateListAliases({ client: kms }, {}), (page) => page.Aliases);
  const own = all.filter(
    ({ AliasName = "", TargetKeyId = "" }) =>
      isStackName(settings, "KMS alias", AliasName) && !isKeyOfSettings(settings, TargetKeyId),
  );
  return Promise.all(
    own.map(async ({ AliasName: name = "", TargetKeyId = "" }): Promise<StackResource> => {
      const remove = () => kms.send(new DeleteAliasCommand({ AliasName: name }));
      return { kind: "KMS alias", id: name, name, tags: await tagsOfKey(kms, TargetKeyId), remove };
    }),
  );
};

/** The control plane's log group has a step of its own, since late logs make it again. */
export const flowLogGroups: ResourceList = async ({ aws: { logs }, settings }) => {
  const found = await Promise.all(
    stackNames(settings)["log group"].map((logGroupNamePrefix) =>
      allPages(paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix }), (page) => page.logGroups),
    ),
  );
  const named = found.flat().filter(({ logGroupName = "" }) => isStackName(settings, "log group", logGroupName));
  return Promise.all(
    named.map(async ({ logGroupName: name = "", logGroupArn: resourceArn }): Promise<StackResource> => {
      const { tags = {} } = await logs.send(new ListLogGroupTagsCommand({ resourceArn }));
      const remove = () => logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
      return { kind: "log group", id: name, name, tags, remove };
    }),
  );
};
