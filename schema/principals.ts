import * as z from "zod";

import { uniqueList } from "./rule";

const rule =
  "must be the ARN of an IAM user or role, such as 'arn:aws:iam::111122223333:role/platform-admin' (a role's path belongs to it)";
const principal = /^arn:(aws|aws-cn|aws-us-gov):iam::\d{12}:(user|role)\/(?:[\x21-\x7e]{1,510}\/)?[\w+=,.@-]{1,64}$/;
const session = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\/.+$/;

/** Path of the roles of IAM Identity Center; the region is left out in us-east-1. */
const identityCenter = "aws-reserved/sso.amazonaws.com/<region>/";

/** Returns why EKS would not take `arn` in an access entry, and what to write instead. */
export function principalProblem(arn: string): string | undefined {
  const [, partition, account, role = ""] = session.exec(arn) ?? [];
  if (account) {
    const path = role.startsWith("AWSReservedSSO_") ? identityCenter : "";
    return `is a session, and sessions end; write the role, with its path if it has one: 'arn:${partition}:iam::${account}:role/${path}${role}'`;
  }
  if (/:role\/aws-service-role\//.test(arn)) {
    return "is a service-linked role, which EKS takes in no access entry; name a role that people or pipelines assume";
  }
  if (/:iam::\d{12}:root$/.test(arn)) {
    return "is an account's root user; name a role that people or pipelines assume";
  }
  if (/:role\/AWSReservedSSO_/.test(arn)) {
    // As the aws-auth ConfigMap wanted it: terraform-aws-modules/terraform-aws-eks#2969.
    const whole = arn.replace(":role/", `:role/${identityCenter}`);
    return `is a role of IAM Identity Center without its path, which EKS does not find; write it as IAM shows it: '${whole}'`;
  }
  if (/[*?<>{}]/.test(arn)) {
    return "must be one ARN, without wildcards or placeholders; write it as IAM shows it";
  }
  return principal.test(arn) ? undefined : rule;
}

/** An IAM user or role that an access entry takes. */
export const iamPrincipal = z.string(rule).superRefine((arn, context) => {
  const message = principalProblem(arn);
  if (message) {
    context.addIssue({ code: "custom", message });
  }
});

/** Service quota of EKS that AWS raises for nobody: access entries of a cluster. Two are those of nodes. */
export const mostEntries = 3_000 - 2;

export const adminPrincipals = uniqueList(iamPrincipal, "must be a list of ARNs of IAM users and roles")
  .superRefine((arns, context) => {
    const first = new Map<string, string>();
    for (const [index, arn] of arns.entries()) {
      const identity = identityOf(arn);
      const same = first.get(identity) ?? arn;
      first.set(identity, same);
      if (same !== arn) {
        const message = `is the same to IAM as '${same}', another entry: neither case nor path tells names apart; leave one of the two out`;
        context.addIssue({ code: "custom", path: [index], message });
      }
    }
  })
  .refine(
    ({ length }) => length > 0,
    "names nobody, so nobody could apply the bootstrap stack or use the cluster; name a role at least",
  )
  .refine(
    ({ length }) => length <= mostEntries,
    `is longer than the ${mostEntries} access entries that EKS has room for; name roles that several people assume`,
  );

/** Returns what IAM tells a user or role by: names are unique whatever their case (API reference, CreateRole) and path. */
export function identityOf(arn: string): string {
  const [, account, type, name = ""] = /^arn:[\w-]+:iam::(\d{12}):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return account === undefined ? arn : `${account} ${type} ${name.toLowerCase()}`;
}
