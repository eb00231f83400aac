import * as z from "zod";

import { withSuggestion } from "./rule";

/** An AWS partition whose regions this platform can stand in. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/** Leaves out `us-iso…` and `eusc-…`, which are other partitions, with other services. */
const region = /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|us-gov)-(?:central|north|south|(?:north|south)?(?:east|west))-\d$/;

const rule = "must be the code of a region of AWS, AWS China or AWS GovCloud, such as 'eu-central-1'";

/** Regions that AWS lists, for suggestions alone: one that is newer than this list is accepted, too. */
const regions = [
  "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1",
  "eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3",
  "af-south-1 il-central-1 me-central-1 me-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2",
  "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4",
  "ap-southeast-5 ap-southeast-6 ap-southeast-7 cn-north-1 cn-northwest-1 us-gov-east-1 us-gov-west-1",
].flatMap((line) => line.split(" "));

export const regionName = z
  .string(rule)
  .refine((name) => region.test(name), { error: ({ input }) => withSuggestion(rule, input, regions) });

export function partitionOf(regionName: string): Partition {
  if (regionName.startsWith("cn-")) {
    return "aws-cn";
  }
  return regionName.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** Returns how the names of EC2's service principal and of endpoints end. */
export function dnsSuffixOf(partition: Partition): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}
