import { accountOf } from "./account";
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

/** Returns where settings of one cluster contradict each other. It looks only at settings that are sound by themselves. */
export function disagreements(cluster: Partial<Cluster>): Mistake[] {
  return [...disagreementsOfRegion(cluster), ...disagreementsOfRole(cluster)];
}

/** Returns why the role can't be the one that deploys this cluster. */
function disagreementsOfRole({ account, admins, deployRole }: Partial<Cluster>): Mistake[] {
  if (deployRole === undefined) {
    return [];
  }
  const mistakes: Mistake[] = [];
  const clash = (message: string) => mistakes.push({ path: ["deployRole"], message });
  if (account !== undefined && accountOf(deployRole) !== account) {
    clash(`is not of account ${account}, and would deploy into its own; name a role of that account`);
  }
  const index = admins?.findIndex((arn) => arn !== deployRole && roleNameOf(arn) === roleNameOf(deployRole)) ?? -1;
  if (index >= 0) {
    clash(
      `differs from admins[${index}] in path or case alone, and IAM has one role of a name; write both as IAM shows it`,
    );
  }
  return mistakes;
}

/** Returns by what IAM tells a role from others: `111122223333:role deployer`. Neither case nor path do (API reference, CreateRole). */
function roleNameOf(arn: string): string {
  const [, , , , account, ...resource] = arn.split(":");
  const parts = resource.join(":").toLowerCase().split("/");
  return `${account}:${parts[0]} ${parts.at(-1)}`;
}

/** Returns what contradicts the region. */
function disagreementsOfRegion(cluster: Partial<Cluster>): Mistake[] {
  const { region, zones, admins, deployRole, endpoints, backend } = cluster;
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
  if (deployRole !== undefined && !deployRole.startsWith(`arn:${partition}:`)) {
    const message = `is not of ${region}'s partition; write 'arn:${partition}:iam::…'`;
    mistakes.push({ path: ["deployRole"], message });
  }
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
