import * as z from "zod";

import { regions } from "./aws/regions";
import { withSuggestion } from "./rule";

/** An AWS partition whose regions this platform can stand in. */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/** Leaves out regions of other partitions, with other services: `us-iso-…`, `us-isob-…`, `eu-isoe-…` and `eusc-…`. */
export const regionPattern = /^(?!us-gov-\d)[a-z]{2}(?:-(?!iso)[a-z]+)+-\d+$/;

export const regionRule = "must be the code of a region of AWS, AWS China or AWS GovCloud, such as 'eu-central-1'";

/** Name of a region; whether there is such a region is looked at together with `newInAws`. */
export const regionName = z
  .string(regionRule)
  .refine((name) => regionPattern.test(name), { error: ({ input }) => withSuggestion(regionRule, input, regions) });

/** Regions that Terraform 1.11's backend `s3` does not know, and partly the AWS provider 6.34 neither; both refuse such a region. */
const strangeToTerraform = ["ap-east-2", "ap-southeast-6", "me-west-1", "sa-west-1"];

/** Returns whether Terraform has to be told to take a region that it does not know. */
export function isStrangeToTerraform(region: string): boolean {
  return strangeToTerraform.includes(region) || !regions.includes(region);
}

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
