import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";

import { ServiceRole, type ServiceRoleProps } from "../../constructs/service-role";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

function resources(props: Partial<ServiceRoleProps> = {}) {
  return define((stack) => {
    const { name, attachments } = new ServiceRole(stack, "logs", {
      name: "demo-logs",
      iam: plainIam,
      description: "Writes logs",
      service: "vpc-flow-logs.amazonaws.com",
      partition: "aws",
      ...props,
    });
    new IamInstanceProfile(stack, "user", { role: name, dependsOn: [...attachments] });
  }).resource;
}

test("one AWS service assumes the role, and nobody else", () => {
  const { Statement } = JSON.parse(resources().aws_iam_role?.logs.assume_role_policy);

  expect(Statement).toMatchObject([{ Principal: { Service: "vpc-flow-logs.amazonaws.com" } }]);
});

test("without managed policies the role may do nothing", () => {
  expect(Object.keys(resources())).toEqual(["aws_iam_instance_profile", "aws_iam_role"]);
});

test("managed policies are the partition's own, and what uses the role can wait for them", () => {
  const { aws_iam_role_policy_attachment, aws_iam_instance_profile } = resources({
    partition: "aws-cn",
    managedPolicies: { eks: "AmazonEKSClusterPolicy" },
  });

  expect(aws_iam_role_policy_attachment?.logs_eks.policy_arn).toMatch(/^arn:aws-cn:iam::aws:policy\//);
  expect(aws_iam_instance_profile?.user.depends_on).toEqual(["aws_iam_role_policy_attachment.logs_eks"]);
});
