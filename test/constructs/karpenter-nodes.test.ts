import { KarpenterNodes } from "../../constructs/karpenter-nodes";
import { define } from "../support/define";
import { plainIam } from "../support/iam";

const { resource } = define((stack) => {
  new KarpenterNodes(stack, "nodes", {
    name: "demo-karpenter-nodes",
    iam: plainIam,
    clusterName: "demo",
    partition: "aws",
  });
});

test("Karpenter's nodes can join: their role has an access entry for Linux instances", () => {
  expect(resource.aws_eks_access_entry?.nodes).toMatchObject({
    principal_arn: "${aws_iam_role.nodes.arn}",
    type: "EC2_LINUX",
  });
});

test("they carry the role by an instance profile of Terraform's, so that none is left behind", () => {
  expect(resource.aws_iam_instance_profile?.nodes.role).toBe("${aws_iam_role.nodes.name}");
});
