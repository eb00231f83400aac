import { partitionOf } from "../region";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns what contradicts the region. */
export function regionDisagreements({ region, admins, endpoints, network, backend }: SoundSettings): Mistake[] {
  if (region === undefined) {
    return [];
  }
  const partition = partitionOf(region);
  const mistakes: Mistake[] = [];

  admins?.forEach((arn, index) => {
    if (!arn.startsWith(`arn:${partition}:`)) {
      const message = `is not of ${region}'s partition; write 'arn:${partition}:iam::…'`;
      mistakes.push({ path: ["admins", index], message });
    }
  });
  // aws/aws-cdk#11140: service names begin with com.amazonaws or cn.com.amazonaws there, with no rule behind it
  if (partition === "aws-cn" && network === undefined && endpoints?.length) {
    const message = "must be [] in AWS China, whose services name their endpoints without a rule";
    mistakes.push({ path: ["endpoints"], message });
  }
  if (backend?.type === "s3" && backend.region && partitionOf(backend.region) !== partition) {
    const message = `is not of ${region}'s partition, and credentials are good for one; take a bucket of the same`;
    mistakes.push({ path: ["backend", "region"], message });
  }
  return mistakes;
}
