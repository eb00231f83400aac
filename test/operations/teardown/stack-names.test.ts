import { isStackName, type StackKind } from "../../../operations/teardown/stack-names";
import { stackParts } from "../../../platform/parts";
import { cluster as checked } from "../../support/settings";
import { platform } from "../../support/synth";

/** What each type of Terraform's is called there, and the argument that has its name. */
const kinds: Readonly<Record<string, readonly [kind: StackKind, argument: string]>> = {
  aws_cloudwatch_event_rule: ["event rule", "name"],
  aws_cloudwatch_log_group: ["log group", "name"],
  aws_eip: ["elastic IP", "tags.Name"],
  aws_flow_log: ["flow log", "tags.Name"],
  aws_iam_instance_profile: ["instance profile", "name"],
  aws_iam_policy: ["policy", "name"],
  aws_iam_role: ["role", "name"],
  aws_internet_gateway: ["internet gateway", "tags.Name"],
  aws_kms_alias: ["KMS alias", "name"],
  aws_kms_key: ["KMS key", "description"],
  aws_launch_template: ["launch template", "name"],
  aws_nat_gateway: ["NAT gateway", "tags.Name"],
  aws_route_table: ["route table", "tags.Name"],
  aws_security_group: ["security group", "tags.Name"],
  aws_sqs_queue: ["queue", "name"],
  aws_subnet: ["subnet", "tags.Name"],
  aws_vpc_endpoint: ["endpoint", "tags.Name"],
};

/** Types of which nothing is left when what they are part of is gone, or that have a way of their own. */
const others = [
  // Teardown stops when AWS has one and the state has not.
  /^aws_(?:vpc|eks_cluster|eks_node_group)$/,
  /^aws_eks_(?:access_|addon)/,
  /^aws_(?:default_security_group|ec2_subnet_cidr_reservation|ec2_tag|route|route_table_association)$/,
  /^aws_vpc_security_group_ingress_rule$/,
  /^aws_(?:iam_role_policy|iam_role_policy_attachment|cloudwatch_event_target|sqs_queue_policy)$/,
  // It is known by its URL, which AWS makes.
  /^aws_iam_openid_connect_provider$/,
  // They go with the cluster, are files that people keep, or are nowhere but in the state.
  /^(?:helm|kubernetes|terraform|tls)_/,
  /^github_repository_(?:deploy_key|file)$/,
];

const cluster = checked();
const { name } = cluster;
const stacks = platform({ endpoints: ["sts", "ecr.api"], flowLogs: true });
const resources = stackParts.flatMap((part) =>
  Object.entries(stacks[part].resource).flatMap(([type, ofType]) =>
    Object.entries(ofType as Record<string, Record<string, unknown>>).map(([id, values]) => ({ type, id, values })),
  ),
);

test("teardown knows every type that the stacks make, or why it need not", () => {
  const types = new Set(resources.map(({ type }) => type));

  expect([...types].filter((type) => !kinds[type] && !others.some((pattern) => pattern.test(type)))).toEqual([]);
});

test.each(resources.filter(({ type }) => kinds[type]))("$type $id is known by its name", ({ type, values }) => {
  const [kind, argument] = kinds[type] ?? ["role", ""];
  const tags = values["tags"] as Record<string, string> | undefined;
  const found = argument === "tags.Name" ? tags?.["Name"] : (values[argument] ?? `${values["name_prefix"]}0a1b`);
  // The control plane's log group has a step of its own.
  const isKnown = isStackName(cluster, kind, String(found)) || found === `/aws/eks/${name}/cluster`;

  expect({ found, isKnown }).toEqual({ found, isKnown: true });
});

test.each<[StackKind, string]>([
  ["role", `${name}-backup`],
  ["launch template", `${name}-gpu`],
  ["launch template", `${name}-systemic`],
  ["elastic IP", `${name}-ingress`],
  ["subnet", `${name}-2-private-a`],
  ["KMS key", `Volumes of ${name}`],
])("no stack gives a %s the name %s", (kind, other) => {
  expect(isStackName(cluster, kind, other)).toBe(false);
});
