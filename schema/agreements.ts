import type { Cluster } from "./cluster";
import { partitionOf } from "./region";

/** Something that is wrong, and where. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /**
   * Whether the key itself is wrong, whatever its value.
   * @default false
   */
  readonly ofKey?: boolean;
}

/** Returns where settings of one cluster contradict its region. It looks only at settings that are sound by themselves. */
export function disagreements({ region, zones, admins, endpoints, backend }: Partial<Cluster>): Mistake[] {
  if (region === undefined) {
    return [];
  }
  const partition = partitionOf(region);
  const mistakes: Mistake[] = [];

  zones?.forEach((zone, index) => {
    if (zone !== `${region}${zone.slice(-1)}` || !/[a-z]$/.test(zone)) {
      const message = `is no availability zone of ${region}; write '${region}a' or the like`;
      mistakes.push({ path: ["zones", index], message });
    }
  });
  admins?.forEach((arn, index) => {
    if (!arn.startsWith(`arn:${partition}:`)) {
      const message = `is not of ${region}'s partition; write 'arn:${partition}:iam::…'`;
      mistakes.push({ path: ["admins", index], message });
    }
  });
  // aws/aws-cdk#11140: service names begin with com.amazonaws or cn.com.amazonaws there, with no rule behind it
  if (partition === "aws-cn" && endpoints?.length) {
    const message = "are not offered in AWS China, whose services name them without a rule; write []";
    mistakes.push({ path: ["endpoints"], message });
  }
  if (backend?.type === "s3" && backend.region && partitionOf(backend.region) !== partition) {
    const message = `is not of ${region}'s partition, and credentials are good for one; take a bucket of the same`;
    mistakes.push({ path: ["backend", "region"], message });
  }
  return mistakes;
}
