// What the roles of pods may do in AWS. test/operations/verify/role-actions.test.ts compares it with the policies of the cluster stack.

const ec2 = (...names: readonly string[]) => names.map((name) => `ec2:${name}`);

/** What Cilium's operator asks of AWS. */
export const ciliumOperatorActions: readonly string[] = ec2(
  "AssignPrivateIpAddresses",
  "AttachNetworkInterface",
  "CreateNetworkInterface",
  "CreateTags",
  "DeleteNetworkInterface",
  "DescribeInstanceTypes",
  "DescribeNetworkInterfaces",
  "DescribeRouteTables",
  "DescribeSecurityGroups",
  "DescribeSubnets",
  "DescribeVpcs",
  "ModifyNetworkInterfaceAttribute",
);

/** What Karpenter asks of AWS. */
export const karpenterActions: readonly string[] = [
  ...ec2(
    "CreateFleet",
    "CreateLaunchTemplate",
    "CreateTags",
    "DeleteLaunchTemplate",
    "DescribeCapacityReservations",
    "DescribeImages",
    "DescribeInstanceStatus",
    "DescribeInstanceTypeOfferings",
    "DescribeInstanceTypes",
    "DescribeInstances",
    "DescribeLaunchTemplates",
    "DescribePlacementGroups",
    "DescribeSecurityGroups",
    "DescribeSpotPriceHistory",
    "DescribeSubnets",
    "RunInstances",
    "TerminateInstances",
  ),
  "eks:DescribeCluster",
  "iam:GetInstanceProfile",
  "iam:ListInstanceProfiles",
  "iam:PassRole",
  "pricing:GetProducts",
  "sqs:DeleteMessage",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
  "ssm:GetParameter",
];
