import type { ValueObject } from "../../../terraform/plan/value";
import { block, text, texts } from "./attributes";
import { documentOf } from "./policy-document";

// What AWS resources allow or deny without being policies, said as policies.

/** Policies that are attached to principals. */
export function attachedPolicies(resource: ValueObject): string {
  const { policy_arn, managed_policy_arn, managed_policy_arns, name } = resource;
  // A role names itself.
  const role = managed_policy_arns === undefined ? [resource["role"], resource["roles"]] : [name];
  return documentOf({
    Effect: "Allow",
    Action: [policy_arn, managed_policy_arn, managed_policy_arns]
      .flatMap(texts)
      .map((arn) => `all of ${arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, "")}`),
    Principal: {
      role: role.flatMap(texts),
      user: [resource["user"], resource["users"]].flatMap(texts),
      group: [resource["group"], resource["groups"]].flatMap(texts),
      "permission set": texts(resource["permission_set_arn"]),
    },
  });
}

/** A boundary denies whatever it does not allow. */
export function permissionsBoundary({ permissions_boundary }: ValueObject): string {
  return documentOf({
    Effect: "Deny",
    Action: texts(permissions_boundary).map((arn) => `all that the boundary ${arn} leaves out`),
  });
}

/** A principal that may sign in to a cluster, and its groups there. */
export function accessEntry({ cluster_name, principal_arn, kubernetes_groups }: ValueObject): string {
  return documentOf({
    Effect: "Allow",
    Action: ["sign-in", ...texts(kubernetes_groups).map((group) => `membership of ${group}`)],
    Resource: text(cluster_name),
    Principal: text(principal_arn),
  });
}

/** A policy of EKS's own, in a cluster or in some of its namespaces. */
export function accessPolicy({ cluster_name, principal_arn, policy_arn, access_scope }: ValueObject): string {
  const { type, namespaces } = block(access_scope);
  return documentOf({
    Effect: "Allow",
    Action: `all of ${text(policy_arn).replace(/^.*cluster-access-policy\//, "")}`,
    Resource: text(cluster_name),
    Principal: text(principal_arn),
    Condition: type === "namespace" ? { StringEquals: { namespace: texts(namespaces) } } : {},
  });
}

/** A role that pods of a service account take. */
export function podIdentity({ role_arn, cluster_name, namespace, service_account }: ValueObject): string {
  return documentOf({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: text(role_arn),
    Principal: { "service account": `${text(cluster_name)}/${text(namespace)}/${text(service_account)}` },
  });
}

/** Use of a key that its policy does not speak of. */
export function keyGrant({ operations, key_id, grantee_principal, constraints }: ValueObject): string {
  const { encryption_context_equals, encryption_context_subset } = block(constraints);
  const context = Object.entries({ ...block(encryption_context_equals), ...block(encryption_context_subset) });
  return documentOf({
    Effect: "Allow",
    Action: texts(operations).map((operation) => `kms:${operation}`),
    Resource: text(key_id),
    Principal: text(grantee_principal),
    Condition: {
      StringEquals: Object.fromEntries(context.map(([key, value]) => [`encryption context ${key}`, text(value)])),
    },
  });
}

/** Use of a function: a statement of its policy. */
export function functionPermission(resource: ValueObject): string {
  const { action, function_name, principal, source_arn, source_account, principal_org_id } = resource;
  const conditions = Object.entries({
    "aws:SourceArn": texts(source_arn),
    "aws:SourceAccount": texts(source_account),
    "aws:PrincipalOrgID": texts(principal_org_id),
  });
  return documentOf({
    Effect: "Allow",
    Action: text(action),
    Resource: text(function_name),
    Principal: text(principal),
    Condition: { StringLike: Object.fromEntries(conditions.filter(([, values]) => values.length > 0)) },
  });
}
