import {
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplate,
  paginateDescribeLaunchTemplates,
} from "@aws-sdk/client-ec2";

import { eksClusterNameTag, karpenterNodeRoleName } from "../../../platform/names";
import type { Aws } from "../../aws/clients";
import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import { isOurs, tagsFrom } from "../cluster-tags";
import type { Located } from "../ownership";
import type { Step } from "../step";
import { securityGroups } from "./security-groups";

/** Karpenter makes launch templates, and deletes them with their EC2NodeClass if it still runs then. */
export const deleteLaunchTemplates: Step = {
  id: "launch-templates",
  title: "Delete Karpenter's launch templates that are left",
  verb: "delete",
  timeoutMinutes: 2,
  find: async ({ connection, ownership }) => {
    const { aws, settings } = connection;
    const Filters = [{ Name: `tag:${eksClusterNameTag}`, Values: [settings.name] }];
    const found = await allPages(
      paginateDescribeLaunchTemplates({ client: aws.ec2 }, { Filters }),
      (page) => page.LaunchTemplates,
    );
    const tagged = found.filter(({ Tags }) => isOurs(settings.name, "launch template", tagsFrom(Tags)));
    const located = await Promise.all(tagged.map((template) => locatedTemplate(template, connection)));
    return located
      .filter((one) => ownership.claimLocated(one))
      .map(({ id, name }) => {
        const clear = async () => {
          await aws.ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id }));
        };
        return { name: name.replace(/^launch template /, ""), heldBy: undefined, clear };
      });
  },
};

/** Returns a template with what tells whose it is, since it lies in no VPC: the profile and the security groups of its instances. */
async function locatedTemplate(
  { LaunchTemplateId: id = "", LaunchTemplateName, Tags }: LaunchTemplate,
  { aws, settings }: Connection,
): Promise<Located> {
  const { LaunchTemplateVersions: [version] = [] } = await aws.ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ["$Latest"] }),
  );
  const { IamInstanceProfile, NetworkInterfaces = [], SecurityGroupIds = [] } = version?.LaunchTemplateData ?? {};
  const groups = [...SecurityGroupIds, ...NetworkInterfaces.flatMap(({ Groups = [] }) => Groups)];
  return {
    kind: "launch template",
    id,
    name: `launch template ${id} (${LaunchTemplateName})`,
    tags: tagsFrom(Tags),
    vpc: await vpcOf(groups, aws),
    hasProof:
      (IamInstanceProfile?.Name ?? IamInstanceProfile?.Arn?.split("/").at(-1)) === karpenterNodeRoleName(settings),
    removal: `aws ec2 delete-launch-template --region ${settings.region} --launch-template-id ${id}`,
  };
}

/** Returns the VPC of security groups; undefined if none of them is there any more. */
async function vpcOf(groupIds: readonly string[], aws: Aws): Promise<string | undefined> {
  if (groupIds.length === 0) {
    return undefined;
  }
  const [group] = await securityGroups(aws, [{ Name: "group-id", Values: [...groupIds] }]);
  return group?.VpcId;
}
