import { pattern } from "./rule";

export const accountId = pattern(
  "must be the twelve digits of an AWS account, in quotes, such as '111122223333' (aws sts get-caller-identity shows yours)",
  /^\d{12}$/,
);

/** Returns the account of what an ARN names. */
export function accountOf(arn: string): string {
  return arn.split(":")[4] ?? "";
}
