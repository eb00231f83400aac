import { requiredTags, type Taggable } from "../operations/teardown/cluster-tags";
import { controlPlaneLogGroup } from "../platform/names";
import type { IamSettings } from "../schema/iam";
import { partitionOf } from "../schema/region";
import { leftoverStatements } from "./leftover-statements";
import { conditionsOf, type StatementJson } from "./statement-json";

export interface TeardownPolicyProps {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
  readonly iam: Pick<IamSettings, "namePrefix" | "path">;
}

export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly StatementJson[];
}

/**
 * Returns the policy of those who run teardown, without what Terraform needs: they read, and delete what has the cluster's tags.
 * docs/teardown.md prints it.
 */
export function teardownPolicy({ clusterName, region, account, iam }: TeardownPolicyProps): PolicyJson {
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  const ec2 = (kind: string) => arn("ec2", `${kind}/*`);
  const tagSets = requiredTags(clusterName);
  const logGroup = arn("logs", `log-group:${controlPlaneLogGroup(clusterName)}`);

  /** Returns a statement for each set of tags, since the conditions of one statement must all hold. */
  const allow = (kind: Taggable, Action: readonly string[], Resource: string | readonly string[]): StatementJson[] =>
    tagSets[kind].map((tags, index) => ({
      Sid: `${sidOf(Action[0] ?? "")}${index > 0 ? index + 1 : ""}`,
      Effect: "Allow",
      Action,
      Resource,
      Condition: conditionsOf(tags),
    }));

  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Read", Effect: "Allow", Action: readActions, Resource: "*" },
      ...allow("cluster", ["eks:UpdateClusterConfig"], arn("eks", `cluster/${clusterName}`)),
      ...allow("instance", ["ec2:TerminateInstances"], ec2("instance")),
      ...allow("interface", ["ec2:DeleteNetworkInterface"], ec2("network-interface")),
      ...allow("launch template", ["ec2:DeleteLaunchTemplate"], ec2("launch-template")),
      ...allow("security group", ["ec2:DeleteSecurityGroup"], ec2("security-group")),
      ...allow("load balancer", loadBalancerActions, arn("elasticloadbalancing", "*")),
      ...allow("log group", ["logs:DeleteLogGroup"], [logGroup, `${logGroup}:*`]),
      ...leftoverStatements({ name: clusterName, iam }, arn),
    ],
  };
}

const loadBalancerActions = ["elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:DeleteTargetGroup"];

/** They change nothing, and IAM can limit few of them to some resources. */
const readActions = [
  "ec2:DescribeAddresses",
  "ec2:DescribeFlowLogs",
  "ec2:DescribeInstances",
  "ec2:DescribeInternetGateways",
  "ec2:DescribeLaunchTemplateVersions",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribeNatGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeRouteTables",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "eks:DescribeCluster",
  "eks:ListNodegroups",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroups",
  "events:DescribeRule",
  "events:ListTagsForResource",
  "events:ListTargetsByRule",
  "iam:GetInstanceProfile",
  "iam:GetRole",
  "iam:ListAttachedRolePolicies",
  "iam:ListOpenIDConnectProviderTags",
  "iam:ListOpenIDConnectProviders",
  "iam:ListPolicies",
  "iam:ListPolicyTags",
  "iam:ListRolePolicies",
  "kms:DescribeKey",
  "kms:ListAliases",
  "kms:ListKeys",
  "kms:ListResourceTags",
  "logs:DescribeLogGroups",
  "logs:ListTagsForResource",
  "sqs:GetQueueUrl",
  "sqs:ListQueueTags",
];

/** Returns the name of an action without its service: `DeleteLogGroup`. */
function sidOf(action: string): string {
  return action.split(":")[1] ?? "";
}
