import { PlanReader } from "../../constructs/plan-reader";
import { define } from "../support/define";

test("whoever plans reads the whole cluster, Secrets among it, and changes nothing", () => {
  const { resource } = define((stack) => {
    new PlanReader(stack, "plans", {
      clusterName: "demo",
      partition: "aws-us-gov",
      principal: "arn:aws-us-gov:iam::111122223333:role/acme-runs-plan",
    });
  });

  expect(resource["aws_eks_access_policy_association"]).toMatchObject({
    plans: {
      principal_arn: "${aws_eks_access_entry.plans.principal_arn}",
      policy_arn: "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
      access_scope: { type: "cluster" },
    },
  });
});
