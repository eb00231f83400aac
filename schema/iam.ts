import type * as z from "zod";

import { strictObject, textThat } from "./rule";

const boundaryRule =
  "must be the ARN of a managed policy, such as 'arn:aws:iam::111122223333:policy/boundary' (a policy's path belongs to it)";
const managedPolicy = /^arn:(?:aws|aws-cn|aws-us-gov):iam::(?:\d{12}|aws):policy\/(?:[\w.,+@=-]+\/)*[\w+=,.@-]{1,128}$/;

export const iam = strictObject(
  {
    /**
     * ARN of a managed policy: what it does not allow, none of the roles may do. It can be changed at any time.
     * @default - none
     */
    permissionsBoundary: textThat(boundaryRule, (arn) => managedPolicy.test(arn)).optional(),
    /**
     * Path of roles, instance profiles and policies, for the cluster's life: EKS takes no other role for a cluster, so that
     * a change replaces the cluster.
     * @default "/"
     */
    path: textThat(
      "must be '/', or begin and end with a slash and have letters, digits and . , + @ = _ - between single slashes, up to 512 characters, such as '/platform/' (IAM's API reference, CreatePolicy)",
      (path) => /^(?:\/[\w.,+@=-]+)*\/$/.test(path) && path.length <= 512,
    )
      .refine(
        (path) => !/^\/aws-(?:service-role|reserved)\//i.test(path),
        "is AWS's own, for service-linked roles and IAM Identity Center; take another",
      )
      .default("/"),
    /**
     * What the names of roles, instance profiles and policies begin with, for the cluster's life, as `path`.
     * @default ""
     */
    namePrefix: textThat(
      "must be letters, digits and + = , . @ _ - (IAM's API reference, CreateRole), such as 'platform-'",
      (prefix) => /^[\w+=,.@-]*$/.test(prefix),
    ).default(""),
  },
  "must be an object such as { permissionsBoundary: 'arn:aws:iam::111122223333:policy/boundary', path: '/platform/', namePrefix: 'platform-' }",
);

/** How an organization wants what is made in IAM. */
export type IamSettings = z.output<typeof iam>;
