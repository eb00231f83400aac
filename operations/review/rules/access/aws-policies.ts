import type { ValueObject } from "../../../terraform/plan/value";
import { attributeTexts, nestedBlocks } from "./attributes";
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

/** Types that are the policy of something else. */
export const resourcePolicyTypes = [
  "aws_acmpca_policy",
  "aws_api_gateway_rest_api_policy",
  "aws_backup_vault_policy",
  "aws_cloudwatch_event_bus_policy",
  "aws_cloudwatch_log_destination_policy",
  "aws_cloudwatch_log_resource_policy",
  "aws_codeartifact_domain_permissions_policy",
  "aws_codeartifact_repository_permissions_policy",
  "aws_codebuild_resource_policy",
  "aws_dynamodb_resource_policy",
  "aws_ecr_registry_policy",
  "aws_ecr_repository_policy",
  "aws_ecrpublic_repository_policy",
  "aws_efs_file_system_policy",
  "aws_elasticsearch_domain_policy",
  "aws_glue_resource_policy",
  "aws_kinesis_resource_policy",
  "aws_kms_key_policy",
  "aws_msk_cluster_policy",
  "aws_opensearch_domain_policy",
  "aws_prometheus_resource_policy",
  "aws_redshift_resource_policy",
  "aws_s3_bucket_policy",
  "aws_s3control_access_point_policy",
  "aws_s3control_bucket_policy",
  "aws_s3control_multi_region_access_point_policy",
  "aws_secretsmanager_secret_policy",
  "aws_ses_identity_policy",
  "aws_sesv2_email_identity_policy",
  "aws_sns_topic_policy",
  "aws_sqs_queue_policy",
  "aws_vpclattice_auth_policy",
  "aws_vpclattice_resource_policy",
];

/** Types of KMS keys, which hold their policy. */
export const keyTypes = ["aws_kms_external_key", "aws_kms_key", "aws_kms_replica_key"];

/** Types that hold their policy, or have it in a resource of its own. */
export const typesWithPolicy = [
  "aws_api_gateway_rest_api",
  "aws_elasticsearch_domain",
  "aws_glacier_vault",
  "aws_opensearch_domain",
  "aws_s3_access_point",
  "aws_s3_bucket",
  "aws_secretsmanager_secret",
  "aws_sns_topic",
  "aws_sqs_queue",
];

/** Returns the policies that stand in a resource. */
export function policiesIn(resource: ValueObject): readonly string[] {
  const inline = nestedBlocks(resource["inline_policy"]).map(({ policy }) => policy);
  return [...policyAttributes.map((name) => resource[name]), ...inline].flatMap(attributeTexts);
}

/** The policy that a VPC endpoint has if none is given. */
export const openEndpointPolicy = policyJson({ Effect: "Allow", Action: "*", Resource: "*", Principal: "*" });
