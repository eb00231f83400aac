import { Construct } from "constructs";

import { CiliumOperatorRole } from "../../constructs/cilium-operator-role";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

const { resource } = define((stack) => {
  new CiliumOperatorRole(stack, "cilium-operator", {
    clusterName: "demo",
    iam: plainIam,
    partition: "aws-us-gov",
    region: "us-gov-west-1",
    provider: Object.assign(new Construct(stack, "oidc"), { arn: "arn:of:provider", issuer: "oidc.example" }),
  });
});
const statements: { Action: string[]; Resource: string[]; Condition?: object }[] = JSON.parse(
  resource.aws_iam_role_policy?.cilium_operator.policy,
).Statement;

test("the operator may do what Cilium's documentation lists, and nothing else", () => {
  // "AWS ENI", required privileges, without those of releasing excess addresses, IPv6 and looking for the cluster's tag
  const documented =
    "DescribeNetworkInterfaces DescribeSubnets DescribeVpcs DescribeSecurityGroups DescribeRouteTables " +
    "DescribeInstanceTypes CreateNetworkInterface AttachNetworkInterface DeleteNetworkInterface " +
    "ModifyNetworkInterfaceAttribute AssignPrivateIpAddresses CreateTags";

  const actions = new Set(statements.flatMap(({ Action }) => Action));
  expect([...actions].sort()).toEqual(
    documented
      .split(" ")
      .map((action) => `ec2:${action}`)
      .sort(),
  );
});

test("it stays in its region and partition", () => {
  const elsewhere = statements.filter(
    ({ Resource, Condition }) => !JSON.stringify([Resource, Condition]).includes("us-gov-west-1"),
  );

  expect(elsewhere).toEqual([]);
  expect(JSON.stringify(statements)).not.toContain("arn:aws:");
});

test("only Cilium's operator assumes the role", () => {
  const [trust] = JSON.parse(resource.aws_iam_role?.cilium_operator.assume_role_policy).Statement;

  expect(trust.Condition.StringEquals["oidc.example:sub"]).toBe("system:serviceaccount:kube-system:cilium-operator");
});
