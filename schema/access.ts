import * as z from "zod";

import { accessPolicies, verifyGroup } from "../platform/names";
import { iamPrincipal, identityOf } from "./principals";
import { isObject, oneOf, strictObject, textThat, uniqueList } from "./rule";

const namespace = textThat(
  "must be the name of a namespace, such as 'shop', or how names begin, such as 'shop-*', in lower case; for all, leave namespaces out (EKS user guide, \"Associate access policies\")",
  (name) => /^[a-z\d](?:[a-z\d-]{0,61}(?:[a-z\d]|\*))?$/.test(name),
);

const group = textThat(
  "must be the name of a Kubernetes group, without white space around it and without '${', '%{' and control characters",
  (name) => /^\S(?:[^\p{C}]*\S)?$/u.test(name) && !/\p{C}|[$%]\{/u.test(name),
)
  .refine(
    (name) => !/^(?:system|eks|aws|amazon|iam):/.test(name),
    "begins as names of Kubernetes and AWS do, which EKS takes in no access entry; name a group of your own",
  )
  .refine(
    (name) => name !== verifyGroup,
    "is the group of those who verify; write policy: 'verify', which makes its ClusterRole too",
  );

const entry = strictObject(
  {
    /** ARN of an IAM user or role, that is not among `admins`. */
    principal: iamPrincipal,
    /**
     * What EKS lets it do: `view` reads most objects, and no Secrets; `edit` changes them, and reads Secrets; `admin` gives rights
     * in namespaces besides. `verify` reads what `npm run verify` needs, by a ClusterRole that Flux applies.
     * @default - nothing: what `groups` may do
     */
    policy: oneOf(["view", "edit", "admin", "verify"]).optional(),
    /**
     * Namespaces in which `view`, `edit` or `admin` holds; `shop-*` is all that begin so.
     * @default - all
     */
    namespaces: uniqueList(namespace, "must be a list of namespaces, such as ['shop', 'shop-*']")
      .refine(({ length }) => length > 0, "names none; leave it out for all namespaces")
      .optional(),
    /**
     * Kubernetes groups that it is in, whose rights your own RoleBindings and ClusterRoleBindings say.
     * @default []
     */
    groups: uniqueList(group, "must be a list of Kubernetes groups, such as ['shop-developers']").default([]),
  },
  "must be an object such as { principal: 'arn:aws:iam::111122223333:role/developers', policy: 'view' }",
).superRefine(
  ({ policy, namespaces, groups }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const isLimited = Array.isArray(namespaces);
    if (policy === undefined && groups.length === 0) {
      refuse([], "gives nothing; name a policy ('view', 'edit', 'admin' or 'verify'), groups, or both");
    }
    if (isLimited && policy === undefined) {
      refuse(["namespaces"], "limits a policy, and there is none; say in RoleBindings where the groups have rights");
    }
    if (isLimited && policy === "verify") {
      refuse(["namespaces"], "does not go with 'verify', which looks at the whole cluster; leave it out");
    }
  },
  // Else another wrong member would hide it. One that is unknown may be meant for what seems to be missing.
  {
    when: ({ value, issues }) =>
      isObject(value) && Array.isArray(value["groups"]) && !issues.some(({ code }) => code === "unrecognized_keys"),
  },
);

/** Who has access by an entry, whatever else is wrong with it. */
const named = z.looseObject({ principal: iamPrincipal });

/** As much of `access` as is compared with other settings of the cluster. */
export const comparedAccess = z.array(named);

export const access = z
  .array(entry, "must be a list such as [{ principal: 'arn:aws:iam::111122223333:role/developers', policy: 'view' }]")
  .superRefine(
    (entries, context) => {
      const first = new Map<string, number>();
      for (const [index, one] of entries.entries()) {
        const { data } = named.safeParse(one);
        if (data === undefined) {
          continue;
        }
        const identity = identityOf(data.principal);
        const other = first.get(identity) ?? index;
        first.set(identity, other);
        if (other !== index) {
          const message = `is that of access[${other}] too, and EKS has one entry for each; join the two`;
          context.addIssue({ code: "custom", path: [index, "principal"], message });
        }
      }
    },
    // Else an entry that is wrong would hide a repetition of others.
    { when: ({ value }) => Array.isArray(value) },
  );

/** Somebody who may use the cluster, and is no administrator. */
export type AccessSettings = z.output<typeof entry>;

/** Returns the name of the access policy of EKS's that somebody has; nothing where groups alone give rights. */
export function accessPolicyOf({ policy }: Pick<AccessSettings, "policy">): string | undefined {
  return policy === undefined || policy === "verify" ? undefined : accessPolicies[policy];
}

/** Returns all Kubernetes groups that somebody is in. */
export function kubernetesGroupsOf({ policy, groups }: Pick<AccessSettings, "groups" | "policy">): readonly string[] {
  return policy === "verify" ? [...groups, verifyGroup] : groups;
}

/** Returns whether a namespace is one of a scope's, whose names may end with `*`. */
export function isInScope(namespace: string, scope: readonly string[] | undefined): boolean {
  return (
    scope?.some((name) => (name.endsWith("*") ? namespace.startsWith(name.slice(0, -1)) : namespace === name)) ?? true
  );
}
