import { pattern } from "./rule";

/** An AWS partition whose regions this platform can stand in. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/** `us-iso…` and `eusc-…` are other partitions, with other services. */
const region = /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-(?:central|north|south|(?:north|south)?(?:east|west))-\d$/;

export const regionName = pattern(
  "must be the code of a region of AWS, AWS China or AWS GovCloud, such as 'eu-central-1'",
  region,
);

export function partitionOf(regionName: string): Partition {
  if (regionName.startsWith("cn-")) {
    return "aws-cn";
  }
  return regionName.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** What ends the names of EC2's service principal and of endpoints. */
export function dnsSuffixOf(partition: Partition): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
