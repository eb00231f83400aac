import { ClusterAdmins, type ClusterAdminsProps } from "../../constructs/cluster-admins";
import { define } from "../support/define";

const alice = "arn:aws:iam::111122223333:user/alice";
const deploy = "arn:aws:iam::111122223333:role/ci/deploy";
const guest = "arn:aws:iam::444455556666:role/ci/deploy";

function admins(props: Partial<ClusterAdminsProps>) {
  return define((stack) => {
    new ClusterAdmins(stack, "admins", { clusterName: "demo", partition: "aws", principals: [alice], ...props });
  }).resource;
}

test("removing an admin changes nothing of the others", () => {
  const before = admins({ principals: [alice, deploy, guest] });
  const after = admins({ principals: [deploy, guest] });

  expect(Object.keys(after.aws_eks_access_entry ?? {})).toHaveLength(2);
  expect(before).toMatchObject(after);
});

test("an access entry alone opens nothing: each admin has the whole cluster, once the entry is there", () => {
  const [[name, policy] = []] = Object.entries(admins({}).aws_eks_access_policy_association ?? {});

  expect(policy).toMatchObject({
    principal_arn: `\${aws_eks_access_entry.${name}.principal_arn}`,
    access_scope: { type: "cluster" },
  });
});

test("the policy is the partition's own", () => {
  const [policy] = Object.values(admins({ partition: "aws-cn" }).aws_eks_access_policy_association ?? {});

  expect(policy.policy_arn).toMatch(/^arn:aws-cn:eks::aws:cluster-access-policy\//);
});
