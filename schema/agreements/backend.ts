import { isKeyIn } from "../kms-key";
import { partitionOf } from "../region";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns what of an S3 backend can't be of use for its bucket. */
export function backendDisagreements({ region, backend }: SoundSettings): Mistake[] {
  if (region === undefined || backend?.type !== "s3" || backend.region === null) {
    return [];
  }
  const { kmsKeyId, roleArn } = backend;
  const bucketRegion = backend.region ?? region;
  const mistakes: Mistake[] = [];
  const clash = (member: string, message: string) => mistakes.push({ path: ["backend", member], message });
  if (kmsKeyId?.startsWith("arn:") && !isKeyIn(bucketRegion, kmsKeyId)) {
    clash(
      "kmsKeyId",
      `is not of ${bucketRegion}, where the bucket is, and S3 takes keys of its region alone; name a key there`,
    );
  }
  if (roleArn && !roleArn.startsWith(`arn:${partitionOf(bucketRegion)}:`)) {
    clash("roleArn", `is not of ${bucketRegion}'s partition; write 'arn:${partitionOf(bucketRegion)}:iam::…'`);
  }
  return mistakes;
}
