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

test("each of two admins whom only punctuation tells apart has an entry, at addresses that no order changes", () => {
  const principals = ["role/a-b", "role/a_b", "role/a/x+y", "role/a/x-y"].map(
    (name) => `arn:aws:iam::111122223333:${name}`,
  );
  const [one, other] = [admins({ principals }), admins({ principals: principals.toReversed() })];
  const addresses = Object.entries(one.aws_eks_access_entry ?? {}).map(([name, { principal_arn }]) => [
    principal_arn,
    name,
  ]);

  expect(other).toEqual(one);
  expect(Object.fromEntries(addresses)).toEqual({
    "arn:aws:iam::111122223333:role/a-b": "admins_role_a_b_111122223333",
    "arn:aws:iam::111122223333:role/a_b": expect.stringMatching(/^admins_role_a_b_111122223333_[\da-f]{8}$/),
    "arn:aws:iam::111122223333:role/a/x+y": "admins_role_a_x_y_111122223333",
    "arn:aws:iam::111122223333:role/a/x-y": expect.stringMatching(/^admins_role_a_x_y_111122223333_[\da-f]{8}$/),
  });
});

test("paths may hold colons, and an admin who is alone with one stays at the address of before", () => {
  const [one, other] = ["role/a:b/x", "role/a:c/y"].map((name) => `arn:aws:iam::111122223333:${name}`);
  const names = (...principals: string[]) => Object.keys(admins({ principals }).aws_eks_access_entry ?? {});

  expect(names(one ?? "")).toEqual(["admins_role_a_111122223333"]);
  expect(names(one ?? "", other ?? "")).toEqual([
    "admins_role_a_111122223333",
    expect.stringMatching(/^admins_role_a_111122223333_[\da-f]{8}$/),
  ]);
});
