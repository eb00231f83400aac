import { anything, type Taggable, tagsOf } from "../operations/teardown/ownership";
import { controlPlaneLogGroup } from "../platform/names";
import { partitionOf } from "../schema/region";

export interface PolicyProps {
  readonly clusterName: string;
  readonly region: string;
  readonly account: string;
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  /** @default - none */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What whoever runs teardown may do besides what Terraform needs: read, and delete what has the cluster's tags. */
export function teardownPolicy(props: PolicyProps): { readonly Version: string; readonly Statement: Statement[] } {
  const { clusterName, region, account } = props;
  const arn = (service: string, resource: string) =>
    `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
  const ec2 = (kind: string) => arn("ec2", `${kind}/*`);
  const tags = tagsOf(clusterName);
  const logGroups = arn("logs", `log-group:${controlPlaneLogGroup(clusterName)}`);

  /** As many statements as there are sets of tags: conditions of one must all hold. */
  const deletion = (kind: Taggable, Action: readonly string[], Resource: string | readonly string[]): Statement[] =>
    tags[kind].map((wanted, index) => {
      const equal = Object.entries(wanted).flatMap(([key, value]) =>
        value === anything ? [] : [[resourceTag(key), value]],
      );
      const there = Object.entries(wanted).flatMap(([key, value]) =>
        value === anything ? [[resourceTag(key), "false"]] : [],
      );
      return {
        Sid: `${sidOf(Action[0] ?? "")}${index > 0 ? index + 1 : ""}`,
        Effect: "Allow",
        Action,
        Resource,
        Condition: {
          StringEquals: Object.fromEntries(equal),
          ...(there.length > 0 ? { Null: Object.fromEntries(there) } : {}),
        },
      };
    });

  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "Read", Effect: "Allow", Action: reads, Resource: "*" },
      ...deletion("cluster", ["eks:UpdateClusterConfig"], arn("eks", `cluster/${clusterName}`)),
      ...deletion("instance", ["ec2:TerminateInstances"], ec2("instance")),
      ...deletion("interface", ["ec2:DeleteNetworkInterface"], ec2("network-interface")),
      ...deletion("launch template", ["ec2:DeleteLaunchTemplate"], ec2("launch-template")),
      ...deletion("security group", ["ec2:DeleteSecurityGroup"], ec2("security-group")),
      ...deletion("load balancer", balancers, arn("elasticloadbalancing", "*")),
      ...deletion("log group", ["logs:DeleteLogGroup"], [logGroups, `${logGroups}:*`]),
    ],
  };
}

const balancers = ["elasticloadbalancing:DeleteLoadBalancer", "elasticloadbalancing:DeleteTargetGroup"];

/** None of them can be narrowed down to some resources. */
const reads = [
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

function resourceTag(key: string): string {
  return `aws:ResourceTag/${key}`;
}

/** `DeleteLogGroup`. */
function sidOf(action: string): string {
  return action.split(":")[1] ?? "";
}
