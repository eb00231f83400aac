import type { ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock } from "./attributes";
import { policyJson } from "./policy-document";

// Resources of AWS that are no policies and yet allow or deny something are written as policies here, to be compared as those are.

/** Allows principals all of the policies that are attached to them. */
export function attachedPolicies(resource: ValueObject): string {
  const { policy_arn, managed_policy_arn, managed_policy_arns, name } = resource;
  // A role with `managed_policy_arns` is itself the principal.
  const role = managed_policy_arns === undefined ? [resource["role"], resource["roles"]] : [name];
  return policyJson({
    Effect: "Allow",
    Action: [policy_arn, managed_policy_arn, managed_policy_arns]
      .flatMap(attributeTexts)
      .map((arn) => `all of ${arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, "")}`),
    Principal: {
      role: role.flatMap(attributeTexts),
      user: [resource["user"], resource["users"]].flatMap(attributeTexts),
      group: [resource["group"], resource["groups"]].flatMap(attributeTexts),
      "permission set": attributeTexts(resource["permission_set_arn"]),
    },
  });
}

/** Denies whatever a boundary does not allow. */
export function permissionsBoundary({ permissions_boundary }: ValueObject): string {
  return policyJson({
    Effect: "Deny",
    Action: attributeTexts(permissions_boundary).map((arn) => `all that the boundary ${arn} leaves out`),
  });
}

/** Allows a principal to sign in to a cluster, as a member of groups there. */
export function accessEntry({ cluster_name, principal_arn, kubernetes_groups }: ValueObject): string {
  return policyJson({
    Effect: "Allow",
    Action: ["sign-in", ...attributeTexts(kubernetes_groups).map((group) => `membership of ${group}`)],
    Resource: attributeText(cluster_name),
    Principal: attributeText(principal_arn),
  });
}

/** Allows a policy of EKS's own, in a cluster or in some of its namespaces. */
export function accessPolicy({ cluster_name, principal_arn, policy_arn, access_scope }: ValueObject): string {
  const { type, namespaces } = nestedBlock(access_scope);
  return policyJson({
    Effect: "Allow",
    Action: `all of ${attributeText(policy_arn).replace(/^.*cluster-access-policy\//, "")}`,
    Resource: attributeText(cluster_name),
    Principal: attributeText(principal_arn),
    Condition: type === "namespace" ? { StringEquals: { namespace: attributeTexts(namespaces) } } : {},
  });
}

/** Allows pods of a service account to assume a role. */
export function podIdentity({ role_arn, cluster_name, namespace, service_account }: ValueObject): string {
  return policyJson({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Resource: attributeText(role_arn),
    Principal: {
      "service account": `${attributeText(cluster_name)}/${attributeText(namespace)}/${attributeText(service_account)}`,
    },
  });
}

/** Allows the use of a key, whatever the key's own policy says. */
export function keyGrant({ operations, key_id, grantee_principal, constraints }: ValueObject): string {
  const { encryption_context_equals, encryption_context_subset } = nestedBlock(constraints);
  const context = Object.entries({
    ...nestedBlock(encryption_context_equals),
    ...nestedBlock(encryption_context_subset),
  });
  return policyJson({
    Effect: "Allow",
    Action: attributeTexts(operations).map((operation) => `kms:${operation}`),
    Resource: attributeText(key_id),
    Principal: attributeText(grantee_principal),
    Condition: {
      StringEquals: Object.fromEntries(
        context.map(([key, value]) => [`encryption context ${key}`, attributeText(value)]),
      ),
    },
  });
}

/** Allows calls of a function. */
export function functionPermission(resource: ValueObject): string {
  const { action, function_name, principal, source_arn, source_account, principal_org_id } = resource;
  const conditions = Object.entries({
    "aws:SourceArn": attributeTexts(source_arn),
    "aws:SourceAccount": attributeTexts(source_account),
    "aws:PrincipalOrgID": attributeTexts(principal_org_id),
  });
  return policyJson({
    Effect: "Allow",
    Action: attributeText(action),
    Resource: attributeText(function_name),
    Principal: attributeText(principal),
    Condition: { StringLike: Object.fromEntries(conditions.filter(([, values]) => values.length > 0)) },
  });
}
