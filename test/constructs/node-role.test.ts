import { NodeRole } from "../../constructs/node-role";
import type { Partition } from "../../schema/region";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

function resources(partition: Partition) {
  return define((stack) => {
    new NodeRole(stack, "nodes", { name: "demo-nodes", iam: plainIam, partition });
  }).resource;
}

test("nodes may not touch network interfaces, which are the business of Cilium's operator", () => {
  const policies = Object.values(resources("aws").aws_iam_role_policy_attachment ?? {}).map(
    ({ policy_arn }) => policy_arn,
  );

  expect(policies).toContain("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy");
  expect(policies).not.toContain("arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
});

test.each([
  ["aws", "ec2.amazonaws.com"],
  ["aws-us-gov", "ec2.amazonaws.com"],
  ["aws-cn", "ec2.amazonaws.com.cn"],
] as const)("in partition %s the role is for %s, as EC2 is called there", (partition, service) => {
  const [trust] = JSON.parse(resources(partition).aws_iam_role?.nodes.assume_role_policy).Statement;

  expect(trust.Principal).toEqual({ Service: service });
});
