import { DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import type { Nodegroup } from "@aws-sdk/client-eks";
import { ifResourceExists } from "../../aws/failure";
import { Failure } from "../../command/failure";
import { broken, type Check, holds } from "../check";
import { describeNodeGroup, reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";

export const nodeGroupSize: Check = {
  id: "node-group-size",
  title: "size of node group",
  async run(snapshot) {
    const { settings } = snapshot;
    const { minSize, maxSize } = settings.nodes;
    const groups = await ownGroups(snapshot);
    const other = groups.find(
      ({ scalingConfig }) => scalingConfig?.minSize !== minSize || scalingConfig.maxSize !== maxSize,
    );
    return other
      ? broken(
          `${other.nodegroupName} is kept from ${other.scalingConfig?.minSize} to ${other.scalingConfig?.maxSize}, and settings.ts says ${minSize} to ${maxSize}`,
          "somebody changed it by hand, or the bootstrap stack was not applied since",
          reviewInvocation(settings, "bootstrap"),
        )
      : holds(`${minSize} to ${maxSize}`);
  },
};

export const launchTemplate: Check = {
  id: "launch-template",
  title: "launch template",
  async run(snapshot) {
    const { settings } = snapshot;
    const groups = await ownGroups(snapshot);
    const found = await Promise.all(
      groups.map(async (group) => ({ group, isThere: await hasTemplate(snapshot, group) })),
    );
    const without = found.find(({ isThere }) => !isThere)?.group;
    if (!without) {
      return holds(groups.flatMap(({ launchTemplate: template }) => template?.name ?? template?.id ?? []).join(", "));
    }
    const { id } = without.launchTemplate ?? {};
    return id === undefined
      ? broken(
          `${without.nodegroupName} has none`,
          "it is no node group of the bootstrap stack",
          describeNodeGroup(settings, without),
        )
      : broken(
          `${id}, version ${without.launchTemplate?.version}, of ${without.nodegroupName} is gone`,
          "somebody deleted it: the group gets no new machines",
          reviewInvocation(settings, "bootstrap"),
        );
  },
};

/** With this the names of the bootstrap stack's node groups begin; people may add others. */
const ownPrefix = "system-";

/** Returns the platform's node groups; throws a Failure if there is none, of which anything would be true. */
async function ownGroups(snapshot: Snapshot): Promise<readonly Nodegroup[]> {
  const groups = (await snapshot.nodeGroups()).filter(({ nodegroupName }) => nodegroupName?.startsWith(ownPrefix));
  if (groups.length === 0) {
    throw new Failure("nothing there", `there is no node group ${ownPrefix}*`, "see node group above");
  }
  return groups;
}

async function hasTemplate({ aws }: Snapshot, { launchTemplate: template }: Nodegroup): Promise<boolean> {
  if (template?.id === undefined) {
    return false;
  }
  const { id: LaunchTemplateId, version = "$Default" } = template;
  const described = await ifResourceExists(
    aws.ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: [version] })),
  );
  return (described?.LaunchTemplateVersions ?? []).length > 0;
}
