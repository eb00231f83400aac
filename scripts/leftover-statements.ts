import { stackNames } from "../operations/teardown/stack-names";
import { type NamedCluster, terraformTags } from "../platform/names";
import { conditionsOf, type StatementJson } from "./statement-json";

/** Returns what may be deleted that a stack made and no state knows. */
export function leftoverStatements(
  cluster: NamedCluster & { readonly iam: { readonly path: string } },
  arn: (service: string, resource: string) => string,
): readonly StatementJson[] {
  const names = stackNames(cluster);
  const made = (Sid: string, Action: readonly string[], Resource: readonly string[]): StatementJson => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    Condition: conditionsOf(terraformTags(cluster.name)),
  });
  // IAM has no regions.
  const iam = (type: string, name: string) => arn("iam", `${type}/${name}`).replace(/^(arn:[^:]+:iam:)[^:]+/, "$1");
  const inPath = (type: string, name: string) => iam(type, `${cluster.iam.path.slice(1)}${name}`);
  const ec2Kinds = ec2Leftovers.map((kind) => arn("ec2", `${kind}/*`));
  return [
    made("DeleteLeftoversOfEc2", ec2LeftoverActions, ec2Kinds),
    made("DeleteLeftoversOfIam", iamLeftoverActions, [
      ...names.role.map((name) => inPath("role", name)),
      ...names["instance profile"].map((name) => inPath("instance-profile", name)),
      ...names.policy.map((name) => inPath("policy", name)),
      ...names["OIDC provider"].map((name) => iam("oidc-provider", name)),
    ]),
    made(
      "DeleteLeftoversOfEvents",
      ["events:DeleteRule", "events:RemoveTargets"],
      [...names["event rule"].map((name) => arn("events", `rule/${name}`))],
    ),
    made("DeleteLeftoversOfSqs", ["sqs:DeleteQueue"], [...names.queue.map((name) => arn("sqs", name))]),
    made(
      "DeleteLeftoversOfLogs",
      ["logs:DeleteLogGroup"],
      [...names["log group"].flatMap((name) => [arn("logs", `log-group:${name}`), arn("logs", `log-group:${name}:*`)])],
    ),
    // It takes a right on the alias, which has no tags, and one on the key.
    {
      Sid: "DeleteAlias",
      Effect: "Allow",
      Action: ["kms:DeleteAlias"],
      Resource: names["KMS alias"].map((name) => arn("kms", name)),
    },
    made("DeleteAliasOfKey", ["kms:DeleteAlias"], [arn("kms", "key/*")]),
  ];
}

/** Kinds of EC2's, as its ARNs call them. Those that hold each other are two sides of one call. */
const ec2Leftovers = [
  "elastic-ip",
  "internet-gateway",
  "launch-template",
  "natgateway",
  "route-table",
  "security-group",
  "subnet",
  "vpc",
  "vpc-endpoint",
  "vpc-flow-log",
];

const ec2LeftoverActions = [
  "ec2:DeleteFlowLogs",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteLaunchTemplate",
  "ec2:DeleteNatGateway",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteVpcEndpoints",
  "ec2:DetachInternetGateway",
  "ec2:DisassociateRouteTable",
  "ec2:ReleaseAddress",
];

const iamLeftoverActions = [
  "iam:DeleteInstanceProfile",
  "iam:DeleteOpenIDConnectProvider",
  "iam:DeletePolicy",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:RemoveRoleFromInstanceProfile",
];
