import { type RunPhase, runPhases } from "../platform/hcp";
import type { Partition } from "../schema/region";
import type { Statement } from "./iam-policy";

export interface RunPoliciesProps {
  readonly partition: Partition;
  readonly account: string;
  /**
   * ARN of the policy that bounds all roles.
   * @default - nothing bounds them
   */
  readonly permissionsBoundary?: string | undefined;
  /** Name of a phase's role and policy, with their path: `platform/acme-runs-plan`. */
  readonly nameOf: (phase: RunPhase) => string;
  /** ARN of the identity provider by which AWS knows runs. */
  readonly providerArn: string;
}

/** Returns what runs may do in an account, by phase: plans read what the stacks hold, applies change it. */
export function runPolicies(props: RunPoliciesProps): Readonly<Record<RunPhase, readonly Statement[]>> {
  const images: Statement = {
    sid: "NodeImages",
    actions: ["ssm:GetParameter"],
    resources: [`arn:${props.partition}:ssm:*::parameter/aws/service/bottlerocket/*`],
  };
  return { plan: [reading(), images], apply: [...applying(props), images] };
}

/**
 * Lets Terraform look at everything that the stacks make, and at nothing that is in it: log events, messages and Kubernetes' Secrets stay
 * unread by this.
 */
function reading(): Statement {
  return {
    sid: "Read",
    actions: [
      "ec2:Describe*",
      "ec2:GetSubnetCidrReservations",
      "eks:Describe*",
      "eks:List*",
      "events:Describe*",
      "events:List*",
      "iam:Get*",
      "iam:List*",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:List*",
      "logs:DescribeLogGroups",
      "logs:ListTagsForResource",
      "sqs:GetQueueAttributes",
      "sqs:GetQueueUrl",
      "sqs:ListQueueTags",
    ],
    resources: ["*"],
  };
}

/** Lets Terraform do what docs/deploying.md lists for whoever applies. */
function applying({ partition, account, nameOf, providerArn, permissionsBoundary }: RunPoliciesProps): Statement[] {
  const iam = (kind: string, name: string) => `arn:${partition}:iam::${account}:${kind}/${name}`;
  return [
    {
      sid: "Services",
      actions: ["ec2:*", "eks:*", "events:*", "kms:*", "logs:*", "sqs:*"],
      resources: ["*"],
    },
    {
      sid: "Roles",
      actions: ["iam:*"],
      resources: [iam("role", "*"), iam("policy", "*"), iam("instance-profile", "*"), iam("oidc-provider", "*")],
    },
    { sid: "Lists", actions: ["iam:Get*", "iam:List*"], resources: ["*"] },
    {
      sid: "NotWhatLetsRunsIn",
      effect: "Deny",
      actions: [
        "iam:Add*",
        "iam:Attach*",
        "iam:Create*",
        "iam:Delete*",
        "iam:Detach*",
        "iam:Put*",
        "iam:Remove*",
        "iam:Set*",
        "iam:Update*",
      ],
      resources: [
        ...runPhases.flatMap((phase) => [iam("role", nameOf(phase)), iam("policy", nameOf(phase))]),
        providerArn,
        ...(permissionsBoundary === undefined ? [] : [permissionsBoundary]),
      ],
    },
    ...(permissionsBoundary === undefined ? [] : bounded(permissionsBoundary)),
  ];
}

/** Lets nobody give a role rights that the boundary does not bound: else a run could make itself a role without it. */
function bounded(permissionsBoundary: string): Statement[] {
  return [
    {
      sid: "NoRoleWithoutBoundary",
      effect: "Deny",
      actions: ["iam:AttachRolePolicy", "iam:CreateRole", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
      resources: ["*"],
      conditions: { StringNotEquals: { "iam:PermissionsBoundary": permissionsBoundary } },
    },
    { sid: "NoBoundaryOff", effect: "Deny", actions: ["iam:DeleteRolePermissionsBoundary"], resources: ["*"] },
  ];
}
