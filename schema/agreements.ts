import { network, overlap } from "./address";
import type { Cluster } from "./cluster";
import { regionOfArn } from "./kms-key";
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

/** Returns where settings of one cluster contradict each other. It looks only at settings that are sound by themselves. */
export function disagreements(cluster: Partial<Cluster>): Mistake[] {
  return [
    ...disagreementsOfRegion(cluster),
    ...disagreementsOfControlPlane(cluster),
    ...disagreementsOfStateBucket(cluster),
  ];
}

/** Returns what of the control plane can't be in this network or region. */
function disagreementsOfControlPlane({ region, cidrBlock, controlPlane }: Partial<Cluster>): Mistake[] {
  const { serviceCidr, secretsKeyArn } = controlPlane ?? {};
  const mistakes: Mistake[] = [];
  const clash = (member: string, message: string) => mistakes.push({ path: ["controlPlane", member], message });
  if (serviceCidr && cidrBlock && overlap(network(serviceCidr), network(cidrBlock))) {
    clash(
      "serviceCidr",
      `shares addresses with cidrBlock, ${cidrBlock}, and EKS takes none of the VPC's; take another network`,
    );
  }
  if (secretsKeyArn && region && regionOfArn(secretsKeyArn) !== region) {
    clash("secretsKeyArn", `is not of ${region}, and EKS takes keys of the cluster's region alone; name a key there`);
  }
  return mistakes;
}

/** Returns what of an S3 backend can't be of use for its bucket. */
function disagreementsOfStateBucket({ region, backend }: Partial<Cluster>): Mistake[] {
  if (region === undefined || backend?.type !== "s3") {
    return [];
  }
  const { kmsKeyId = "", roleArn } = backend;
  const bucketRegion = backend.region ?? region;
  const mistakes: Mistake[] = [];
  const clash = (member: string, message: string) => mistakes.push({ path: ["backend", member], message });
  if ((regionOfArn(kmsKeyId) ?? bucketRegion) !== bucketRegion) {
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

/** Returns what contradicts the region. */
function disagreementsOfRegion({ region, zones, admins, endpoints, backend }: Partial<Cluster>): Mistake[] {
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
