import type * as z from "zod";

import { roleNames } from "../platform/names";
import { accountOf } from "./account";
import type { Mistake } from "./agreements";
import type { Cluster } from "./cluster";
import { partitionOf } from "./region";
import { strictObject, textThat } from "./rule";

const boundaryRule =
  "must be the ARN of a managed policy, such as 'arn:aws:iam::111122223333:policy/boundary' (a policy's path belongs to it)";
const managedPolicy = /^arn:(?:aws|aws-cn|aws-us-gov):iam::(?:\d{12}|aws):policy\/(?:[\w.,+@=-]+\/)*[\w+=,.@-]{1,128}$/;

/** IAM keeps role names to 64 characters (API reference, CreateRole); policies and instance profiles may have 128. */
const longestRoleName = 64;

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

/** Returns what of `iam` other settings of the cluster contradict. */
export function iamDisagreements({ account, name, region, iam: given }: Partial<Cluster>): Mistake[] {
  if (given === undefined) {
    return [];
  }
  const mistakes: Mistake[] = [];
  const clash = (member: keyof IamSettings, message: string) => mistakes.push({ path: ["iam", member], message });
  const { permissionsBoundary: boundary, namePrefix } = given;
  const [longest = ""] =
    name === undefined ? [] : roleNames({ name, iam: given }).toSorted((a, b) => b.length - a.length);
  if (longest.length > longestRoleName) {
    const room = Math.max(0, longestRoleName - (longest.length - namePrefix.length));
    clash(
      "namePrefix",
      `has ${namePrefix.length} characters, and '${longest}' would have ${longest.length} of the ${longestRoleName} that IAM takes for a role; take at most ${room}, or a shorter name for the cluster`,
    );
  }
  if (boundary !== undefined && region !== undefined && !boundary.startsWith(`arn:${partitionOf(region)}:`)) {
    clash("permissionsBoundary", `is not of ${region}'s partition; write 'arn:${partitionOf(region)}:iam::…'`);
  }
  if (boundary !== undefined && account !== undefined && !["aws", account].includes(accountOf(boundary))) {
    clash(
      "permissionsBoundary",
      `is of another account than ${account}, and IAM takes a boundary of the role's own, or one of AWS's ('arn:aws:iam::aws:policy/…'); make the policy there`,
    );
  }
  return mistakes;
}

/** Returns clusters of one account that would give a role the same name, which IAM tells from others without regard to case and path. */
export function sharedRoles(clusters: readonly Partial<Cluster>[]): Mistake[] {
  const owners = new Map<string, number>();
  return clusters.flatMap(({ account, name, iam: given }, index) => {
    if (account === undefined || name === undefined || given === undefined) {
      return [];
    }
    const roles = roleNames({ name, iam: given });
    const taken = roles.find((role) => {
      const owner = owners.get(`${account} ${role.toLowerCase()}`);
      return owner !== undefined && clusters[owner]?.name !== name;
    });
    const other = owners.get(`${account} ${taken?.toLowerCase()}`);
    for (const role of roles) {
      owners.set(`${account} ${role.toLowerCase()}`, index);
    }
    const message = `makes a role '${taken}', as clusters[${other}] does; take a prefix with which no two of them are alike`;
    return taken === undefined ? [] : [{ path: ["clusters", index, "iam", "namePrefix"], message }];
  });
}
