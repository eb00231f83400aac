import { Construct } from "constructs";

import { KarpenterControllerRole } from "../../constructs/karpenter-controller-role";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

const { resource } = define((stack) => {
  new KarpenterControllerRole(stack, "karpenter", {
    partition: "aws",
    region: "eu-central-1",
    accountId: "111122223333",
    clusterName: "demo",
    iam: plainIam,
    clusterArn: "arn:aws:eks:eu-central-1:111122223333:cluster/demo",
    nodeRoleArn: "arn:aws:iam::111122223333:role/demo-karpenter-nodes",
    queueArn: "arn:aws:sqs:eu-central-1:111122223333:demo-karpenter",
    provider: Object.assign(new Construct(stack, "oidc"), { arn: "arn:of:provider", issuer: "oidc.example" }),
  });
});

test("every policy is attached to the role, within the ten that IAM takes", () => {
  const policies = Object.keys(resource.aws_iam_policy ?? {});
  const attached = Object.values(resource.aws_iam_role_policy_attachment ?? {});

  expect(policies.length).toBeLessThanOrEqual(10);
  expect(attached).toEqual(
    policies.map((name) =>
      expect.objectContaining({
        role: "${aws_iam_role.karpenter.name}",
        policy_arn: `\${aws_iam_policy.${name}.arn}`,
      }),
    ),
  );
});

test("only Karpenter's controller assumes it, in the namespace that it is installed in", () => {
  const [trust] = JSON.parse(resource.aws_iam_role?.karpenter.assume_role_policy).Statement;

  expect(trust.Condition.StringEquals["oidc.example:sub"]).toBe("system:serviceaccount:karpenter:karpenter");
});
