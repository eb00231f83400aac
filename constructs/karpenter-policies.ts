import { eksClusterNameTag, kubernetesClusterTag, nodePoolTag } from "../platform/names";
import type { Partition } from "../schema/region";
import type { Statement } from "./iam-policy";

export interface KarpenterPoliciesProps {
  readonly partition: Partition;
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
  readonly clusterArn: string;
  readonly nodeRoleArn: string;
  readonly queueArn: string;
}

/**
 * Returns what Karpenter's controller may do, in the groups and words of its own CloudFormation template at 1.14.3 (website,
 * "CloudFormation"), so that the two can be compared and no document comes near IAM's limit (6,144 characters). Left out: changing
 * instance profiles, since its nodes have one of Terraform's, and zonal shift, which is not switched on.
 */
export function karpenterPolicies(props: KarpenterPoliciesProps): Record<string, readonly Statement[]> {
  return {
    "node-lifecycle": nodeLifecycle(props),
    "iam-integration": iamIntegration(props),
    "eks-integration": [
      { sid: "AllowAPIServerEndpointDiscovery", actions: ["eks:DescribeCluster"], resources: [props.clusterArn] },
    ],
    interruption: [
      {
        sid: "AllowInterruptionQueueActions",
        actions: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"],
        resources: [props.queueArn],
      },
    ],
    "resource-discovery": resourceDiscovery(props),
  };
}

/** Lets Karpenter launch what it tags as this cluster's, and change and end only what has these tags. */
function nodeLifecycle(props: KarpenterPoliciesProps): Statement[] {
  return [
    ...launching(props),
    ...tagging(props),
    {
      sid: "AllowScopedDeletion",
      actions: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      resources: ec2Arns(props, "instance", "launch-template"),
      conditions: tagConditions(props, "ResourceTag"),
    },
  ];
}

const launchActions = ["ec2:RunInstances", "ec2:CreateFleet"];

/** Kinds of what a launch creates. */
const createdKinds = [
  "fleet",
  "instance",
  "volume",
  "network-interface",
  "launch-template",
  "spot-instances-request",
] as const;

function launching(props: KarpenterPoliciesProps): Statement[] {
  const { partition, region } = props;
  return [
    {
      sid: "AllowScopedEC2InstanceAccessActions",
      actions: launchActions,
      resources: [
        // Images and snapshots may be Amazon's: their ARNs have no account.
        ...["image", "snapshot"].map((kind) => `arn:${partition}:ec2:${region}::${kind}/*`),
        ...ec2Arns(props, "security-group", "subnet", "capacity-reservation", "placement-group"),
      ],
    },
    {
      sid: "AllowScopedEC2LaunchTemplateAccessActions",
      actions: launchActions,
      resources: ec2Arns(props, "launch-template"),
      conditions: tagConditions(props, "ResourceTag"),
    },
    {
      sid: "AllowScopedEC2InstanceActionsWithTags",
      actions: [...launchActions, "ec2:CreateLaunchTemplate"],
      resources: ec2Arns(props, ...createdKinds),
      conditions: tagConditions(props, "RequestTag"),
    },
  ];
}

function tagging(props: KarpenterPoliciesProps): Statement[] {
  const requested = tagConditions(props, "RequestTag");
  return [
    {
      sid: "AllowScopedResourceCreationTagging",
      actions: ["ec2:CreateTags"],
      resources: ec2Arns(props, ...createdKinds),
      conditions: {
        ...requested,
        StringEquals: {
          ...requested.StringEquals,
          "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"],
        },
      },
    },
    {
      sid: "AllowScopedResourceTagging",
      actions: ["ec2:CreateTags"],
      resources: ec2Arns(props, "instance"),
      conditions: {
        ...tagConditions(props, "ResourceTag"),
        StringEqualsIfExists: { [`aws:RequestTag/${eksClusterNameTag}`]: props.clusterName },
        "ForAllValues:StringEquals": { "aws:TagKeys": [eksClusterNameTag, "karpenter.sh/nodeclaim", "Name"] },
      },
    },
  ];
}

function ec2Arns({ partition, region }: KarpenterPoliciesProps, ...kinds: readonly string[]): string[] {
  return kinds.map((kind) => `arn:${partition}:ec2:${region}:*:${kind}/*`);
}

/** @param key - whether the tags are those that a request sets, or those that a resource has */
function tagConditions({ clusterName }: KarpenterPoliciesProps, key: "RequestTag" | "ResourceTag") {
  return {
    StringEquals: {
      [`aws:${key}/${kubernetesClusterTag(clusterName)}`]: "owned",
      ...(key === "RequestTag" ? { [`aws:RequestTag/${eksClusterNameTag}`]: clusterName } : {}),
    },
    StringLike: { [`aws:${key}/${nodePoolTag}`]: "*" },
  };
}

function iamIntegration({ partition, accountId, nodeRoleArn }: KarpenterPoliciesProps): Statement[] {
  return [
    {
      sid: "AllowPassingInstanceRole",
      actions: ["iam:PassRole"],
      resources: [nodeRoleArn],
      conditions: { StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } },
    },
    // The finalizer of EC2NodeClass makes these two calls, whoever made the profile.
    { sid: "AllowUnscopedInstanceProfileListAction", actions: ["iam:ListInstanceProfiles"], resources: ["*"] },
    {
      sid: "AllowInstanceProfileReadActions",
      actions: ["iam:GetInstanceProfile"],
      resources: [`arn:${partition}:iam::${accountId}:instance-profile/*`],
    },
  ];
}

function resourceDiscovery({ partition, region }: KarpenterPoliciesProps): Statement[] {
  const kinds = [
    "CapacityReservations",
    "Images",
    "InstanceStatus",
    "InstanceTypeOfferings",
    "InstanceTypes",
    "Instances",
    "LaunchTemplates",
    "PlacementGroups",
    "SecurityGroups",
    "SpotPriceHistory",
    "Subnets",
  ];
  return [
    {
      sid: "AllowRegionalReadActions",
      actions: kinds.map((kind) => `ec2:Describe${kind}`),
      resources: ["*"],
      conditions: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      sid: "AllowSSMReadActions",
      actions: ["ssm:GetParameter"],
      resources: [`arn:${partition}:ssm:${region}::parameter/aws/service/*`],
    },
    { sid: "AllowPricingReadActions", actions: ["pricing:GetProducts"], resources: ["*"] },
  ];
}
