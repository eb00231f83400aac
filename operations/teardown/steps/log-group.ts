import {
  DeleteLogGroupCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";

import { clusterTag, controlPlaneLogGroup } from "../../../platform/names";
import { allPages } from "../../aws/pages";
import { tagsText } from "../cluster-tags";
import type { Step } from "../step";

/** Logs that come late make the group again after Terraform has deleted it. */
export const deleteLogGroup: Step = {
  id: "log-group",
  title: "Delete the log group of the control plane",
  verb: "delete",
  timeoutMinutes: 2,
  find: async ({ connection: { aws, settings }, ownership, say }) => {
    const { name, region } = settings;
    const logGroupName = controlPlaneLogGroup(name);
    const pages = paginateDescribeLogGroups({ client: aws.logs }, { logGroupNamePrefix: logGroupName });
    // Names of other groups may begin alike.
    const [found] = (await allPages(pages, (page) => page.logGroups)).filter(
      (group) => group.logGroupName === logGroupName,
    );
    if (!found) {
      return [];
    }
    const { tags = {} } = await aws.logs.send(new ListTagsForResourceCommand({ resourceArn: found.logGroupArn }));
    if (!ownership.claim("log group", logGroupName, tags)) {
      say(`  left alone: ${logGroupName}, which lacks the tag ${tagsText(clusterTag(name))}; late logs make it so.`);
      say(`  If it is this cluster's: aws logs delete-log-group --region ${region} --log-group-name ${logGroupName}`);
      return [];
    }
    const clear = async () => {
      await aws.logs.send(new DeleteLogGroupCommand({ logGroupName }));
    };
    return [{ name: logGroupName, heldBy: undefined, clear }];
  },
};
