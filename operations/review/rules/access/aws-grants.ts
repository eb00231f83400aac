import type { ValueObject } from "../../../terraform/plan/value";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { policyJson } from "./policy-document";

// Resources of AWS that are no policies and yet allow or deny something are written as policies here, to be compared as those are.

/** Allows principals all of the policies that are attached to them. */
export function attachedPolicies(resource: ValueObject): string {
  const { policy_arn, policy_arns, managed_policy_arn, managed_policy_arns, name } = resource;
  // A role with `managed_policy_arns` is itself the principal.
  const role =
    managed_policy_arns === undefined ? [resource["role"], resource["roles"], resource["role_name"]] : [name];
  return policyJson({
    Effect: "Allow",
    Action: [policy_arn, policy_arns, managed_policy_arn, managed_policy_arns]
      .flatMap(attributeTexts)
      .map((arn) => `all of ${arn.replace(/^arn:aws[\w-]*:iam::aws:policy\//, "")}`),
    Principal: {
      role: role.flatMap(attributeTexts),
      user: [resource["user"], resource["users"], resource["user_name"]].flatMap(attributeTexts),
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

/** Allows those whom a bucket's ACL names as everybody, or as everybody who has an account. */
export function bucketAcl({ bucket, acl, access_control_policy }: ValueObject): readonly string[] {
  const grants = nestedBlocks(nestedBlock(access_control_policy)["grant"]);
  const named = grants.filter(({ grantee }) =>
    /AllUsers|AuthenticatedUsers/.test(attributeText(nestedBlock(grantee)["uri"])),
  );
  const canned = attributeTexts(acl).filter((name) => /^(?:public|authenticated)-/.test(name));
  const actions = [...canned, ...named.flatMap(({ permission }) => attributeTexts(permission))];
  return actions.length === 0
    ? []
    : [
        policyJson({
          Effect: "Allow",
          Action: actions.map((name) => `the ACL's ${name}`),
          Resource: attributeText(bucket),
          Principal: "*",
        }),
      ];
}
