import { ListTagsForResourceCommand, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  type Cluster as DescribedCluster,
  DescribeNodegroupCommand,
  paginateListNodegroups,
} from "@aws-sdk/client-eks";
import {
  GetInstanceProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetPolicyCommand,
  GetRoleCommand,
  type Role,
} from "@aws-sdk/client-iam";
import { paginateListAliases } from "@aws-sdk/client-kms";

import { partitionOf } from "../../../schema/region";
import { ifResourceExists } from "../../aws/failure";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import { isMadeByTerraform, tagsFrom } from "../../teardown/cluster-tags";
import { type Existing, type Finder, finderBy, type Obstacle } from "../existing";

/** What IAM, KMS, CloudWatch and EKS know by its name. */
export const clusterFinders: Readonly<Record<string, Finder>> = {
  aws_iam_role: finderBy(["name"], async ({ name }, { aws }) => {
    const found = await ifResourceExists(aws.iam.send(new GetRoleCommand({ RoleName: name })));
    return found?.Role && ofIam(name, found.Role);
  }),

  aws_iam_policy: finderBy(["name", "path"], async ({ name, path }, connection) => {
    const PolicyArn = iamArn(connection, `policy${path}${name}`);
    const found = await ifResourceExists(connection.aws.iam.send(new GetPolicyCommand({ PolicyArn })));
    return found?.Policy && ofIam(PolicyArn, found.Policy);
  }),

  aws_iam_instance_profile: finderBy(["name"], async ({ name }, { aws }) => {
    const found = await ifResourceExists(aws.iam.send(new GetInstanceProfileCommand({ InstanceProfileName: name })));
    return found?.InstanceProfile && ofIam(name, found.InstanceProfile);
  }),

  aws_iam_openid_connect_provider: finderBy(["url"], async ({ url }, connection) => {
    const arn = iamArn(connection, `oidc-provider/${url.replace("https://", "")}`);
    const asked = connection.aws.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
    const found = await ifResourceExists(asked);
    return found && ofIam(arn, found);
  }),

  aws_kms_alias: finderBy(["name"], async ({ name }, { aws }) => {
    const aliases = await allPages(paginateListAliases({ client: aws.kms }, {}), (page) => page.Aliases);
    const found = aliases.find(({ AliasName }) => AliasName === name);
    return found && { id: name, tags: undefined, details: [`it names the key ${found.TargetKeyId}`] };
  }),

  aws_cloudwatch_log_group: finderBy(["name"], async ({ name }, { aws }) => {
    const pages = paginateDescribeLogGroups({ client: aws.logs }, { logGroupNamePrefix: name });
    const groups = await allPages(pages, (page) => page.logGroups);
    const found = groups.find(({ logGroupName }) => logGroupName === name);
    if (!found) {
      return undefined;
    }
    const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn: found.logGroupArn }));
    const made = madeText(found.creationTime === undefined ? undefined : new Date(found.creationTime));
    return { id: name, tags, details: [`${made}, holds ${found.storedBytes ?? 0} bytes of logs`] };
  }),

  aws_eks_cluster: finderBy(["name"], async ({ name }, { describe, settings: { region } }) => {
    const found = await describe();
    const remove = `aws eks delete-cluster --region ${region} --name ${name}`;
    return found && ofEks(name, found, remove);
  }),

  aws_eks_access_entry: finderBy(["cluster_name", "principal_arn"], async (known, { aws }) => {
    const { cluster_name: clusterName, principal_arn: principalArn } = known;
    const asked = aws.eks.send(new DescribeAccessEntryCommand({ clusterName, principalArn }));
    const { accessEntry } = (await ifResourceExists(asked)) ?? {};
    return accessEntry && ofEks(`${clusterName}:${principalArn}`, accessEntry, "");
  }),

  aws_eks_addon: finderBy(["cluster_name", "addon_name"], async (known, { aws, settings: { region } }) => {
    const { cluster_name: clusterName, addon_name: addonName } = known;
    const { addon } =
      (await ifResourceExists(aws.eks.send(new DescribeAddonCommand({ clusterName, addonName })))) ?? {};
    const remove = `aws eks delete-addon --region ${region} --cluster-name ${clusterName} --addon-name ${addonName}`;
    return addon && ofEks(`${clusterName}:${addonName}`, addon, remove);
  }),

  // Its name is EKS's own, so it is in nobody's way; but a second group would run beside it, and teardown wait for it.
  aws_eks_node_group: finderBy(["cluster_name", "node_group_name_prefix"], async (known, connection, predecessors) => {
    const { aws, settings } = connection;
    const { cluster_name: clusterName, node_group_name_prefix: prefix } = known;
    const pages = paginateListNodegroups({ client: aws.eks }, { clusterName });
    const names = (await ifResourceExists(allPages(pages, (page) => page.nodegroups))) ?? [];
    for (const nodegroupName of names.filter((name) => name.startsWith(prefix))) {
      const id = `${clusterName}:${nodegroupName}`;
      const { nodegroup } = await aws.eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName }));
      const isLeftover = isMadeByTerraform(settings.name, nodegroup?.tags ?? {}) && !predecessors.ids.includes(id);
      if (nodegroup && isLeftover) {
        const place = `--region ${settings.region} --cluster-name ${clusterName} --nodegroup-name ${nodegroupName}`;
        const remove = `aws eks delete-nodegroup ${place}`;
        const found = ofEks(id, nodegroup, remove);
        return predecessors.isReplaced ? { obstacle: besideReplaced(remove), ...found } : found;
      }
    }
    return undefined;
  }),
};

function iamArn({ settings: { account, region } }: Connection, resource: string): string {
  return `arn:${partitionOf(region)}:iam::${account}:${resource}`;
}

function ofIam(id: string, { CreateDate, Tags }: Partial<Pick<Role, "CreateDate" | "Tags">>): Existing {
  return { id, tags: tagsFrom(Tags), details: [madeText(CreateDate)] };
}

/** What EKS says of a cluster, and of what is in one. */
type OfEks = Pick<DescribedCluster, "createdAt" | "tags"> & Partial<Readonly<Record<"status", string | undefined>>>;

/** @param remove - the command that deletes it */
function ofEks(id: string, { createdAt, status, tags = {} }: OfEks, remove: string): Existing {
  const obstacle = eksObstacle(status, remove);
  const details = [[madeText(createdAt), ...(status === undefined ? [] : [status])].join(", ")];
  return { id, tags, details, ...(obstacle ? { obstacle } : {}) };
}

/** Returns why something of EKS's can't be imported: a state that has it would take it for whole. */
function eksObstacle(status = "ACTIVE", remove: string): Obstacle | undefined {
  if (status === "CREATING" || status === "DELETING") {
    return { reason: `it is ${status}`, next: "wait until EKS has done that, and run this again" };
  }
  return status.endsWith("FAILED")
    ? { reason: `it is ${status}, so EKS never finished it`, next: `${remove}, and run this again` }
    : undefined;
}

/** @param remove - the command that deletes it */
function besideReplaced(remove: string): Obstacle {
  return { reason: "the state has the group that it was to replace", next: `${remove}, and run this again` };
}

function madeText(time: Date | undefined): string {
  return time === undefined ? "made at an unknown time" : `made at ${time.toISOString()}`;
}
