import { allowed, ask, type Call, type Place, refused } from "./call";
import type { Question } from "./decision";
import { account, issuer } from "./documents";

/** Who may take the roles of the platform. */
export function trustCalls({ arn, suffix }: Place): Call[] {
  const provider = `Federated:${arn("iam", `oidc-provider/${issuer}`, { region: "" })}`;
  const webIdentity = (sub: string, aud = "sts.amazonaws.com", principal = provider): Question => ({
    ...ask("sts:AssumeRoleWithWebIdentity", "", { [`${issuer}:sub`]: sub, [`${issuer}:aud`]: aud }),
    principal,
  });
  const service = (name: string): Question => ({ ...ask("sts:AssumeRole", ""), principal: `Service:${name}` });
  const serviceAccounts = {
    cilium_operator: "system:serviceaccount:kube-system:cilium-operator",
    karpenter: "system:serviceaccount:karpenter:karpenter",
  };
  const services = {
    cluster: "eks.amazonaws.com",
    flow_logs: "vpc-flow-logs.amazonaws.com",
    karpenter_nodes: `ec2.${suffix}`,
    nodes: `ec2.${suffix}`,
  };
  return [
    ...Object.entries(serviceAccounts).flatMap(([role, name]) =>
      [
        allowed("its service account takes the role", "the token that EKS's webhook mounts", webIdentity(name)),
        refused("another account takes it", webIdentity("system:serviceaccount:default:default")),
        refused("a token for another service takes it", webIdentity(name, "vault")),
        refused(
          "another cluster's account of that name takes it",
          webIdentity(name, undefined, provider.replace("0123", "4567")),
        ),
        refused("a service takes it", service("ec2.amazonaws.com")),
      ].map((call) => ({ ...call, holder: `trust of aws_iam_role.${role}` })),
    ),
    ...Object.entries(services).flatMap(([role, name]) =>
      [
        allowed("its service takes the role", "the service's documentation", service(name)),
        refused("another service takes it", service("lambda.amazonaws.com")),
        refused("a principal of the account takes it", { ...ask("sts:AssumeRole", ""), principal: `AWS:${account}` }),
      ].map((call) => ({ ...call, holder: `trust of aws_iam_role.${role}` })),
    ),
  ];
}

/** What is asked of the queue's and the key's own policies, and of flow logs. */
export function serviceCalls(place: Place): Call[] {
  return [...queueCalls(place), ...keyCalls(place), ...flowLogCalls(place)];
}

const events = ["capacity-reservation", "health", "rebalance", "spot-interruption", "state-change"];

function queueCalls({ arn, cluster }: Place): Call[] {
  const queue = arn("sqs", `${cluster}-karpenter`);
  const send = (rule: string, secure = "true"): Question => ({
    ...ask("sqs:SendMessage", queue, { "aws:SourceArn": rule, "aws:SecureTransport": secure }),
    principal: "Service:events.amazonaws.com",
  });
  const rule = (name: string) => arn("events", `rule/${cluster}-karpenter-${name}`);
  return [
    ...events.map((event) => allowed(`EventBridge sends ${event}`, "EventBridge's user guide, SQS", send(rule(event)))),
    refused("a rule of another account sends", send(rule("health").replace(account, "444455556666"))),
    refused("another rule sends", send(rule("mine"))),
    refused("EventBridge sends over HTTP", send(rule("health"), "false")),
    refused("another service sends", { ...send(rule("health")), principal: "Service:sns.amazonaws.com" }),
    refused("somebody sends", { ...send(rule("health")), principal: "AWS:444455556666" }),
    refused("EventBridge reads", { ...send(rule("health")), action: "sqs:ReceiveMessage" }),
    refused("EventBridge sends to another queue", { ...send(rule("health")), resource: arn("sqs", "orders") }),
  ].map((call) => ({ ...call, holder: "aws_sqs_queue_policy.interruption" }));
}

function keyCalls({ arn, cluster }: Place): Call[] {
  const key = arn("kms", "key/0123");
  const as = (principal: string, action: string): Question => ({ ...ask(action, key), principal });
  const controlPlane = `AWS:${arn("iam", `role/${cluster}-cluster`, { region: "" })}`;
  const iam = `AWS:${account}`;
  const administration = [
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:CancelKeyDeletion",
    "kms:EnableKeyRotation",
  ];
  const guide = 'EKS\'s user guide, "Encrypt Kubernetes secrets with KMS"';
  return [
    ...["kms:CreateGrant", "kms:DescribeKey"].map((action) =>
      allowed(`whoever makes the cluster, if IAM lets them: ${action}`, guide, as(iam, action)),
    ),
    ...administration.map((action) =>
      allowed(
        `whoever destroys the stack or mends the policy, if IAM lets them: ${action}`,
        "hashicorp/terraform-provider-aws, internal/service/kms/key.go",
        as(iam, action),
      ),
    ),
    ...["kms:Encrypt", "kms:Decrypt"].map((action) =>
      allowed(
        `the API server: ${action}`,
        "kubernetes-sigs/aws-encryption-provider, pkg/plugin/plugin_v2.go",
        as(controlPlane, action),
      ),
    ),
    allowed("EKS looks at the key", guide, as(controlPlane, "kms:DescribeKey")),
    refused("the control plane gives rights on", as(controlPlane, "kms:CreateGrant")),
    refused("the control plane deletes the key", as(controlPlane, "kms:ScheduleKeyDeletion")),
    refused("another account decrypts", as("AWS:444455556666", "kms:Decrypt")),
    refused("a service decrypts", as("Service:eks.amazonaws.com", "kms:Decrypt")),
  ].map((call) => ({ ...call, holder: "aws_kms_key.cluster" }));
}

function flowLogCalls({ arn, cluster }: Place): Call[] {
  const group = arn("logs", `log-group:/aws/vpc/${cluster}`);
  const guide = 'VPC\'s user guide, "Publish flow logs to CloudWatch Logs"';
  return [
    allowed("looks for its group", guide, ask("logs:DescribeLogGroups", "*")),
    allowed("looks for its log", guide, ask("logs:DescribeLogStreams", group)),
    ...["logs:CreateLogStream", "logs:PutLogEvents"].map((action) =>
      allowed(`writes its log: ${action}`, guide, ask(action, `${group}:log-stream:eni-1`)),
    ),
    refused("writes into another group", ask("logs:PutLogEvents", arn("logs", "log-group:audit:log-stream:x"))),
    refused("makes a group", ask("logs:CreateLogGroup", group)),
  ].map((call) => ({ ...call, holder: "aws_iam_role.flow_logs" }));
}
