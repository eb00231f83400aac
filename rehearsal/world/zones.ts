import { DescribeAvailabilityZonesCommand, EC2Client } from "@aws-sdk/client-ec2";

import { CommandError } from "../../operations/command/failure";
import type { Cluster } from "../../schema/settings";
import type { AwsAccess } from "./aws-access";

/** Throws a CommandError if the AWS of a world lacks the cluster's region, or a zone: its lists are as old as the version of moto. */
export async function mustHaveZones({ region, zones = [] }: Cluster, access: AwsAccess): Promise<void> {
  const ec2 = new EC2Client({ ...access, maxAttempts: 1 });
  // Of a region that it does not know, it answers with an error of its own.
  const { AvailabilityZones = [] } = await ec2
    .send(new DescribeAvailabilityZonesCommand({}))
    .catch(() => ({ AvailabilityZones: [] }));
  const known = AvailabilityZones.flatMap(({ ZoneName }) => ZoneName ?? []);
  if (known.length === 0) {
    throw new CommandError(`the AWS of a world has no region ${region}`, {
      next: "name another region of the same partition, to rehearse the rest",
    });
  }
  const missing = zones.filter((zone) => !known.includes(zone));
  if (missing.length > 0) {
    throw new CommandError(
      `the AWS of a world has no zone ${missing.join(", ")}; of ${region}, it has ${known.join(", ")}`,
      {
        next: "see in AWS whether your account has it; to rehearse the rest, name others",
      },
    );
  }
}
