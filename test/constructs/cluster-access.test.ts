import { ClusterAccess, type ClusterAccessProps } from "../../constructs/cluster-access";
import { define } from "../support/define";

const developers = "arn:aws:iam::111122223333:role/teams/developers";

function access(...grants: ClusterAccessProps["access"]) {
  return define((stack) => {
    new ClusterAccess(stack, "access", { clusterName: "demo", partition: "aws-us-gov", access: grants });
  }).resource;
}

test("a reader's entry and policy have an address by its name, and the policy is the partition's, in the whole cluster", () => {
  const { aws_eks_access_entry, aws_eks_access_policy_association } = access({
    principal: developers,
    policy: "view",
    groups: [],
  });

  expect(aws_eks_access_entry).toMatchObject({
    access_role_teams_developers_111122223333: { cluster_name: "demo", principal_arn: developers },
  });
  expect(aws_eks_access_policy_association?.access_role_teams_developers_111122223333).toMatchObject({
    policy_arn: "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
    principal_arn: "${aws_eks_access_entry.access_role_teams_developers_111122223333.principal_arn}",
    access_scope: { type: "cluster" },
  });
});

test("who is in no group is taken out of those of the entry", () => {
  const { aws_eks_access_entry } = access({ principal: developers, policy: "view", groups: [] });

  expect(Object.values(aws_eks_access_entry ?? {})).toMatchObject([{ kubernetes_groups: [] }]);
});

test("namespaces limit a policy", () => {
  const { aws_eks_access_policy_association } = access({
    principal: developers,
    policy: "admin",
    namespaces: ["shop", "shop-*"],
    groups: [],
  });

  expect(Object.values(aws_eks_access_policy_association ?? {})).toMatchObject([
    {
      policy_arn: "arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy",
      access_scope: { type: "namespace", namespaces: ["shop", "shop-*"] },
    },
  ]);
});

test("verify is a group, beside those of the settings, and no policy of EKS's, of which none shows enough without showing Secrets", () => {
  const { aws_eks_access_entry, aws_eks_access_policy_association } = access({
    principal: developers,
    policy: "verify",
    groups: ["auditors"],
  });

  expect(Object.values(aws_eks_access_entry ?? {})).toMatchObject([
    { kubernetes_groups: ["auditors", "platform-verifier"] },
  ]);
  expect(aws_eks_access_policy_association).toBeUndefined();
});
