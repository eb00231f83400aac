import type { ValueObject } from "../../../terraform/plan/value";
import { attributeTexts, nestedBlocks } from "./attributes";
import { bucketAcl, functionPermission, keyGrant } from "./aws-grants";
import { policyJson } from "./policy-document";

/** Names of attributes that hold policy documents. */
export const policyAttributes = ["policy", "policy_document", "access_policies", "access_policy", "inline_policy"];

/** Types that hold what a role, a user or a group may do. */
export const identityPolicyTypes = [
  "aws_iam_group_policy",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_user_policy",
  "aws_ssoadmin_permission_set_inline_policy",
];

/** Types whose policies other rules judge, or that mean something else by the word. */
export const typesWithoutGrants =
  /^(?!aws_)|^aws_(?:iam|ssoadmin|vpc_endpoint|organizations|dlm|appautoscaling|autoscaling)_?|lifecycle_policy$/;

/** Types that hold their policy beside other things. */
export const typesWithMore = /^(?!.*_(?:acl|grant|permission|permissions_policy|policy)$)/;

/** Types of which AWS says only after the apply that they have no policy; a key always has one. */
export const typesWithDefaultPolicy = /^(?!aws_kms_)(?!.*_(?:acl|grant|permission|permissions_policy|policy)$)/;

/** Returns the policies that stand in a resource. */
export function policiesIn(resource: ValueObject): readonly string[] {
  const inline = nestedBlocks(resource["inline_policy"]).map(({ policy }) => policy);
  return [...policyAttributes.map((name) => resource[name]), ...inline].flatMap(attributeTexts);
}

/** Returns what a resource that is no identity allows, in policies and in what stands for one. */
export function grantsIn(resource: ValueObject): readonly string[] {
  if (resource["grantee_principal"] !== undefined) {
    return [keyGrant(resource)];
  }
  if (resource["function_name"] !== undefined && resource["principal"] !== undefined) {
    return [functionPermission(resource)];
  }
  // What is no policy document means something else by the word.
  return [...policiesIn(resource).filter((text) => text.includes('"Statement"')), ...bucketAcl(resource)];
}

/** The policy that a VPC endpoint has if none is given. */
export const openEndpointPolicy = policyJson({ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" });
