import { attributeTexts } from "./attributes";
import { attachedPolicies, permissionsBoundary } from "./aws-grants";
import { anyRole, clusterAccess, givenIdentity } from "./aws-identities";
import {
  grantsIn,
  identityPolicyTypes,
  openEndpointPolicy,
  policiesIn,
  policyAttributes,
  typesWithDefaultPolicy,
  typesWithMore,
  typesWithoutGrants,
} from "./aws-policies";
import { apiPhrases, apiTraffic, egressPhrases, groupTraffic, ingressPhrases, ingressTraffic } from "./aws-traffic";
import { allows, denies, isClusterAdministration, isWideOpen } from "./policy-danger";
import { type AccessRule, policyComparison, trafficComparison } from "./rule";

const groups = ["aws_default_security_group", "aws_security_group"];
const groupTypes = /^aws_(?:default_)?security_group$/;

export const awsAccessRules: readonly AccessRule[] = [
  {
    id: "api-networks",
    severity: "caution, danger if everybody may",
    types: ["aws_eks_cluster"],
    sentence: "networks may reach a cluster's API",
    attributes: ["vpc_config"],
    compare: trafficComparison(apiTraffic, apiPhrases),
  },
  {
    id: "security-group-ingress",
    severity: "caution, danger if from everywhere, except to port 80 or 443",
    types: [
      ...groups,
      "aws_security_group_rule",
      "aws_vpc_security_group_ingress_rule",
      "aws_default_network_acl",
      "aws_network_acl",
      "aws_network_acl_rule",
      "aws_ec2_managed_prefix_list",
      "aws_ec2_managed_prefix_list_entry",
    ],
    sentence: "traffic may enter a security group or a subnet, or what admits a list of networks",
    attributes: ["ingress"],
    identityAttributes: ["security_group_id"],
    sharedTypes: groupTypes,
    typesWithDefaults: groupTypes,
    compare: trafficComparison(ingressTraffic, ingressPhrases),
  },
  {
    id: "security-group-egress",
    severity: "caution",
    types: [...groups, "aws_security_group_rule", "aws_vpc_security_group_egress_rule"],
    sentence: "traffic may leave a security group",
    attributes: ["egress"],
    identityAttributes: ["security_group_id"],
    sharedTypes: groupTypes,
    typesWithDefaults: groupTypes,
    compare: trafficComparison((resource) => groupTraffic("egress", resource), egressPhrases),
  },
  {
    id: "identity-policy",
    severity: "caution, danger if it is all of a service, or more than reading, on everything",
    types: identityPolicyTypes,
    sentence: "a policy allows a role, a user or a group more",
    attributes: policyAttributes,
    identityAttributes: ["role", "user", "group", "permission_set_arn"],
    sharedTypes: /^aws_iam_role$/,
    typesWithDefaults: /^aws_iam_role$/,
    compare: policyComparison(policiesIn, isWideOpen),
  },
  {
    id: "trust-policy",
    severity: "caution, danger if it is anybody, or anybody whom an OIDC provider knows",
    types: ["aws_iam_role"],
    sentence: "somebody more may assume a role",
    attributes: ["assume_role_policy"],
    sharedTypes: /^aws_iam_role$/,
    compare: policyComparison(({ assume_role_policy }) => attributeTexts(assume_role_policy), isWideOpen),
  },
  {
    id: "resource-policy",
    severity: "caution, danger if for anybody",
    types: ["*"],
    except: typesWithoutGrants,
    oneOf: [...policyAttributes, "acl", "access_control_policy", "grantee_principal", "principal"],
    sentence: "the policy or the ACL of a key, a queue, a bucket or the like, or a grant beside it, allows more",
    attributes: policyAttributes,
    identityAttributes: ["arn", "bucket", "key_id", "queue_url", "repository", "resource_arn", "secret_arn"],
    sharedTypes: typesWithMore,
    typesWithDefaults: typesWithDefaultPolicy,
    compare: policyComparison(grantsIn, isWideOpen),
  },
  {
    id: "endpoint-policy",
    severity: "caution, danger if for anybody",
    types: ["aws_vpc_endpoint", "aws_vpc_endpoint_policy"],
    sentence: "more may be done through a VPC endpoint, where everything may without a policy",
    attributes: policyAttributes,
    identityAttributes: ["vpc_endpoint_id"],
    sharedTypes: /^aws_vpc_endpoint$/,
    typesWithDefaults: /^aws_vpc_endpoint$/,
    compare: policyComparison(
      (resource) => (policiesIn(resource).length > 0 ? policiesIn(resource) : openEndpointPolicy),
      isWideOpen,
      [openEndpointPolicy],
    ),
  },
  {
    id: "policy-attachment",
    severity: "caution, danger if it is AdministratorAccess, PowerUserAccess or a FullAccess",
    types: [
      "aws_iam_group_policy_attachment",
      "aws_iam_policy_attachment",
      "aws_iam_role",
      "aws_iam_role_policy_attachment",
      "aws_iam_role_policy_attachments_exclusive",
      "aws_iam_user_policy_attachment",
      "aws_iam_user_policy_attachments_exclusive",
      "aws_ssoadmin_managed_policy_attachment",
    ],
    sentence: "a policy is attached to a principal",
    attributes: ["managed_policy_arns"],
    identityAttributes: ["role", "user", "group", "permission_set_arn"],
    sharedTypes: /^aws_iam_role$/,
    typesWithDefaults: /^aws_iam_role$/,
    compare: policyComparison(attachedPolicies, allows(/(administrator|poweruser|full)access/)),
  },
  {
    id: "permissions-boundary",
    severity: "danger",
    types: ["aws_iam_role", "aws_iam_user"],
    sentence: "a role or a user loses its permissions boundary",
    sharedTypes: /^aws_iam_(?:role|user)$/,
    compare: policyComparison(permissionsBoundary, denies),
  },
  {
    id: "access-entry",
    severity:
      "caution, danger if it is AmazonEKSClusterAdminPolicy, the group system:masters, or AmazonEKSAdminPolicy or AmazonEKSEditPolicy in all namespaces",
    types: ["aws_eks_access_entry", "aws_eks_access_policy_association", "ConfigMap"],
    sentence: "somebody may sign in to a cluster, joins a group there, or gets a policy of EKS's",
    attributes: ["kubernetes_groups"],
    sharedTypes: /^ConfigMap$/,
    typesWithDefaults: /^aws_eks_access_entry$/,
    compare: policyComparison(clusterAccess, isClusterAdministration),
  },
  {
    id: "identity-given",
    severity: "caution",
    types: [
      "aws_eks_pod_identity_association",
      "aws_iam_access_key",
      "aws_iam_group_membership",
      "aws_iam_instance_profile",
      "aws_iam_service_specific_credential",
      "aws_iam_user_group_membership",
      "aws_iam_user_login_profile",
    ],
    sentence: "a user gets a key, a password or the rights of a group, or pods or instances get a role",
    sharedTypes: /^aws_iam_instance_profile$/,
    compare(before, after) {
      const isProfile = [...before, ...after].some(({ role }) => role !== undefined);
      return policyComparison(givenIdentity, () => false, isProfile ? [anyRole] : [])(before, after);
    },
  },
];
