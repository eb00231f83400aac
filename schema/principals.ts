import * as z from "zod";

import { uniqueList } from "./rule";

const rule =
  "must be the ARN of an IAM user or role, such as 'arn:aws:iam::111122223333:role/platform-admin' (a role's path belongs to it)";
const principal = /^arn:(aws|aws-cn|aws-us-gov):iam::\d{12}:(user|role)\/(?:[\x21-\x7e]{1,510}\/)?[\w+=,.@-]{1,64}$/;
const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/.+$/;

/** Why EKS would not take `arn` in an access entry, and what to write instead. */
function problemOf(arn: string): string | undefined {
  const [, partition, account, role = ""] = session.exec(arn) ?? [];
  if (account) {
    const path = role.startsWith("AWSReservedSSO_") ? "aws-reserved/sso.amazonaws.com/<region>/" : "";
    return `is a session, and sessions end; write the role: 'arn:${partition}:iam::${account}:role/${path}${role}'`;
  }
  if (/:role\/aws-service-role\//.test(arn)) {
    return "is a service-linked role, which EKS takes in no access entry; name a role that people or pipelines assume";
  }
  if (/:iam::\d{12}:root$/.test(arn)) {
    return "is an account's root user; name a role that people or pipelines assume";
  }
  return principal.test(arn) ? undefined : rule;
}

export const adminPrincipals = uniqueList(
  z.string(rule).superRefine((arn, context) => {
    const message = problemOf(arn);
    if (message) {
      context.addIssue({ code: "custom", message });
    }
  }),
  "must be a list of ARNs of IAM users and roles",
).min(1, "names nobody, so nobody could apply the bootstrap stack or use the cluster; name a role at least");
