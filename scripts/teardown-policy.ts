import { anyValue, requiredTags, type Taggable } from "../operations/teardown/ownership";
import { controlPlaneLogGroup } from "../platform/names";
import { partitionOf } from "../schema/region";

export interface TeardownPolicyProps {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
}

/** A statement as IAM takes it in JSON. */
export interface StatementJson {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  /** @default - none */
  readonly Condition?: Conditions;
}

/** Operator, then key, then value. */
type Conditions = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface PolicyJson {
  readonly Version: string;
  readonly Statement: readonly StatementJson[];
}

/**
 * Returns the policy of those who run teardown, without what Terraform needs: they read, and delete what has the cluster's tags.
 * docs/operations.md prints it.
 */
export function teardownPolicy({ clusterName, region, account }: TeardownPolicyProps): PolicyJson {
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
    ],
  };
}

const loadBalancerActions = ["elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:DeleteTargetGroup"];

/** IAM can limit none of these to some resources. */
const readActions = [
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribeNatGateways",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeVolumes",
  "ec2:DescribeVpcEndpoints",
  "ec2:DescribeVpcs",
  "eks:DescribeCluster",
  "eks:ListNodegroups",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroups",
  "logs:DescribeLogGroups",
  "logs:ListTagsForResource",
];

/** Returns conditions that hold for a resource with all of these tags. `Null` is false for a tag that is there. */
function conditionsOf(tags: Readonly<Record<string, string | typeof anyValue>>): Conditions {
  const valued: Record<string, string> = {};
  const present: Record<string, string> = {};
  for (const [key, value] of Object.entries(tags)) {
    if (value === anyValue) {
      present[`aws:ResourceTag/${key}`] = "false";
    } else {
      valued[`aws:ResourceTag/${key}`] = value;
    }
  }
  return Object.keys(present).length > 0 ? { StringEquals: valued, Null: present } : { StringEquals: valued };
}

/** Returns the name of an action without its service: `DeleteLogGroup`. */
function sidOf(action: string): string {
  return action.split(":")[1] ?? "";
}
