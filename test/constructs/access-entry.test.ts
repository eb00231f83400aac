import { AccessEntry } from "../../constructs/access-entry";
import { adminViewPolicy } from "../../platform/names";
import { define } from "../support/define";

const principal = "arn:aws-us-gov:iam::111122223333:role/acme-runs-plan";

test("without namespaces, a policy of the partition's holds in the whole cluster", () => {
  const { resource } = define((stack) => {
    new AccessEntry(stack, "plans", {
      clusterName: "demo",
      partition: "aws-us-gov",
      principal,
      policy: adminViewPolicy,
    });
  });

  expect(resource["aws_eks_access_entry"]).toMatchObject({ plans: { principal_arn: principal } });
  expect(resource["aws_eks_access_policy_association"]).toMatchObject({
    plans: {
      principal_arn: "${aws_eks_access_entry.plans.principal_arn}",
      policy_arn: "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy",
      access_scope: { type: "cluster" },
    },
  });
});
