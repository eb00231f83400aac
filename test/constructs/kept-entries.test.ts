import { ClusterAccess } from "../../constructs/cluster-access";
import { ClusterAdmins } from "../../constructs/cluster-admins";
import { keptEntries, type Move } from "../../constructs/kept-entries";
import { define } from "../support/define";

const principal = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

/** Returns what moves where, of a cluster with these principals. */
function moves(administrators: readonly string[], readers: readonly string[]) {
  const shared = { clusterName: "demo", partition: "aws" } as const;
  const access = readers.map((name) => ({ principal: principal(name), policy: "view" as const, groups: [] }));
  let moved: readonly Move[] = [];
  define((stack) => {
    moved = keptEntries(
      new ClusterAdmins(stack, "admins", { ...shared, principals: administrators.map(principal) }),
      new ClusterAccess(stack, "access", { ...shared, access }),
    );
  });
  return moved;
}

test("whoever becomes an administrator, or is none any more, keeps the entry", () => {
  expect(moves(["alice"], ["bob"])).toEqual([
    {
      from: "aws_eks_access_entry.access_role_alice_111122223333",
      to: "aws_eks_access_entry.admins_role_alice_111122223333",
    },
    {
      from: "aws_eks_access_policy_association.access_role_alice_111122223333",
      to: "aws_eks_access_policy_association.admins_role_alice_111122223333",
    },
    {
      from: "aws_eks_access_entry.admins_role_bob_111122223333",
      to: "aws_eks_access_entry.access_role_bob_111122223333",
    },
    {
      from: "aws_eks_access_policy_association.admins_role_bob_111122223333",
      to: "aws_eks_access_policy_association.access_role_bob_111122223333",
    },
  ]);
});

test("an address that somebody of another name has by punctuation moves nowhere", () => {
  expect(moves(["team.a"], ["team-a"])).toEqual([]);
});
