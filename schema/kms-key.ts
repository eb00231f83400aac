import * as z from "zod";

import { partitionOf } from "./region";
import { pattern } from "./rule";

// Ids and aliases as Terraform's S3 backend takes them (hashicorp/terraform, internal/backend/remote-state/s3/validate.go).
const id = "(?:[\\da-f]{8}-[\\da-f]{4}-[1-5][\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{12}|mrk-[\\da-f]{32})";
const alias = "alias/[A-Za-z\\d/_-]{1,250}";
const arn = "arn:(?:aws|aws-cn|aws-us-gov):kms:[a-z\\d-]+:\\d{12}:";
const example = "arn:aws:kms:eu-central-1:111122223333:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80";

const arnRule = `must be the ARN of a KMS key, such as '${example}'`;

/** ARN of one key. EKS would take an alias too, and Terraform find another value each time: EKS answers with the key. */
export const keyArn = z.string(arnRule).superRefine((value, context) => {
  if (new RegExp(`^(?:${arn})?${alias}$`).test(value)) {
    const message = `is an alias, which may lead to another key some day; write what this prints: aws kms describe-key --key-id ${value} --query KeyMetadata.Arn --output text`;
    context.addIssue({ code: "custom", message });
  } else if (!new RegExp(`^${arn}key/${id}$`).test(value)) {
    context.addIssue({ code: "custom", message: arnRule });
  }
});

/** A key by its id, its alias, or the ARN of either. */
export const keyReference = pattern(
  `must be a KMS key: its ARN, such as '${example}', its id, or its alias, such as 'alias/terraform-state'`,
  new RegExp(`^(?:${arn}key/${id}|${arn}${alias}|${id}|${alias})$`),
);

/** Returns whether an ARN is that of a key, or an alias, in a region. The region alone leaves open which partition the ARN names. */
export function isKeyIn(region: string, arn: string): boolean {
  return arn.startsWith(`arn:${partitionOf(region)}:kms:${region}:`);
}
