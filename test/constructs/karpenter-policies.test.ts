import type { Statement } from "../../constructs/iam-policy";
import { policyDocument } from "../../constructs/iam-policy";
import { type KarpenterPoliciesProps, karpenterPolicies } from "../../constructs/karpenter-policies";

function policies(props: Partial<KarpenterPoliciesProps> = {}): Record<string, readonly Statement[]> {
  const { partition = "aws", region = "eu-central-1", clusterName = "demo" } = props;
  return karpenterPolicies({
    partition,
    region,
    clusterName,
    accountId: "111122223333",
    clusterArn: `arn:${partition}:eks:${region}:111122223333:cluster/${clusterName}`,
    nodeRoleArn: `arn:${partition}:iam::111122223333:role/${clusterName}-karpenter-nodes`,
    queueArn: `arn:${partition}:sqs:${region}:111122223333:${clusterName}-karpenter`,
    ...props,
  });
}

const statements = Object.values(policies()).flat();
const actions = new Set(statements.flatMap((statement) => statement.actions));

/** Karpenter 1.14.3, CloudFormation template: all but those that change instance profiles, and zonal shift. */
const upstream = [
  "AllowScopedEC2InstanceAccessActions",
  "AllowScopedEC2LaunchTemplateAccessActions",
  "AllowScopedEC2InstanceActionsWithTags",
  "AllowScopedResourceCreationTagging",
  "AllowScopedResourceTagging",
  "AllowScopedDeletion",
  "AllowPassingInstanceRole",
  "AllowAPIServerEndpointDiscovery",
  "AllowInterruptionQueueActions",
  "AllowRegionalReadActions",
  "AllowSSMReadActions",
  "AllowPricingReadActions",
  "AllowUnscopedInstanceProfileListAction",
  "AllowInstanceProfileReadActions",
];

test("Karpenter has the statements of its own template that apply here, and no other", () => {
  expect(statements.map(({ sid }) => sid).sort()).toEqual(upstream.sort());
});

test.each(["ec2:DescribeInstanceStatus", "ec2:DescribePlacementGroups", "iam:ListInstanceProfiles"])(
  "%s, which policies of older guides lack, is allowed",
  (action) => {
    expect(actions).toContain(action);
  },
);

test("it changes no IAM: instance profiles are read, and one role is passed, to EC2", () => {
  const [passing] = statements.filter((statement) => statement.actions.includes("iam:PassRole"));

  expect([...actions].filter((action) => action.startsWith("iam:")).sort()).toEqual([
    "iam:GetInstanceProfile",
    "iam:ListInstanceProfiles",
    "iam:PassRole",
  ]);
  expect(passing?.resources).toEqual(["arn:aws:iam::111122223333:role/demo-karpenter-nodes"]);
  expect(passing?.conditions?.StringEquals).toHaveProperty(["iam:PassedToService"]);
});

test("in EC2 it changes only what carries its cluster's tag, and uses what it launches nodes from", () => {
  const changing = statements.filter((statement) =>
    statement.actions.some((action) => action.startsWith("ec2:") && !action.startsWith("ec2:Describe")),
  );
  const unscoped = changing.filter(
    ({ conditions }) =>
      !/^\{"aws:(Request|Resource)Tag\/kubernetes.io\/cluster\/demo":"owned"/.test(
        JSON.stringify(conditions?.StringEquals) ?? "",
      ),
  );

  expect(unscoped.map(({ sid }) => sid)).toEqual(["AllowScopedEC2InstanceAccessActions"]);
  expect(unscoped[0]?.resources?.map((arn) => arn.split(":").at(-1)).sort()).toEqual([
    "capacity-reservation/*",
    "image/*",
    "placement-group/*",
    "security-group/*",
    "snapshot/*",
    "subnet/*",
  ]);
});

test("no document is near the 6,144 characters that IAM takes, whatever the cluster's name", () => {
  for (const document of Object.values(policies({ clusterName: "c".repeat(32), region: "ap-southeast-1" }))) {
    expect(policyDocument(...document).length).toBeLessThan(5000);
  }
});

test("in GovCloud every ARN is of that partition", () => {
  const text = JSON.stringify(policies({ partition: "aws-us-gov", region: "us-gov-west-1" }));

  expect(text).toContain("arn:aws-us-gov:ec2:us-gov-west-1:");
  expect(text).not.toContain("arn:aws:");
});
