import { administratorsOf, assumedRole } from "../../schema/deploy-role";
import { checkedBackend } from "../support/workspaces";
import { check, expectMistake, mistakesAt } from "./mistakes";

const role = mistakesAt("deployRole", (value) => ({ deployRole: value }));
const account = "111122223333";
const arn = `arn:aws:iam::${account}:role/deployers/platform`;
const wantsRole = "must be the ARN of an IAM role, such as 'arn:aws:iam::111122223333:role/platform-deployer'";

test.each([
  role("a name without an ARN", "platform", wantsRole),
  role("a placeholder", `arn:aws:iam::${account}:role/<name>`, "must be one ARN, without wildcards or placeholders"),
  role("nothing at all", "", wantsRole),
  role("a number", 4711, wantsRole),
  role("a user", `arn:aws:iam::${account}:user/ops/ann`, "is a user, and only roles can be assumed; name a role"),
  role(
    "a session",
    `arn:aws:sts::${account}:assumed-role/platform/ann`,
    `write the role, with its path if it has one: 'arn:aws:iam::${account}:role/platform'`,
  ),
  role("the account", `arn:aws:iam::${account}:root`, "is an account's root user; name a role"),
  role(
    "a service-linked role",
    `arn:aws:iam::${account}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`,
    "is a service-linked role",
  ),
  role(
    "a role of IAM Identity Center",
    `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`,
    "is a role of IAM Identity Center, whose trust nobody can change",
  ),
  role(
    "a role of another account",
    "arn:aws:iam::444455556666:role/platform",
    "is not of account 111122223333, and would deploy into its own; name a role of that account",
  ),
  role(
    "a role of another partition",
    `arn:aws-us-gov:iam::${account}:role/platform`,
    "is not of eu-central-1's partition; write 'arn:aws:iam::…'",
  ),
  role(
    "an admin without its path",
    `arn:aws:iam::${account}:role/teams/Platform-Admin`,
    "differs from admins[0] in path or case alone, and IAM has one role of a name; write both as IAM shows it",
  ),
])("%s is refused", expectMistake);

test("a role of the account is taken, among the admins or not", () => {
  for (const admins of [[arn], ["arn:aws:iam::111122223333:user/deployers/platform"]]) {
    expect(check({ deployRole: arn, admins }).problems).toEqual([]);
  }
});

test("whoever deploys administers the cluster, and is counted once", () => {
  const admin = `arn:aws:iam::${account}:role/platform-admin`;

  const place = { account, region: "eu-central-1" };

  expect(administratorsOf({ ...place, admins: [admin] })).toEqual([admin]);
  expect(administratorsOf({ ...place, admins: [admin], deployRole: arn })).toEqual([admin, arn]);
  expect(administratorsOf({ ...place, admins: [arn, admin], deployRole: arn })).toEqual([arn, admin]);
});

test("runs in HCP Terraform apply as an administrator, and assume no role that does: their plans could do everything", () => {
  const admin = `arn:aws:iam::${account}:role/platform-admin`;
  const place = { account, region: "eu-central-1", deployRole: arn };

  expect(administratorsOf({ ...place, admins: [admin], backend: checkedBackend() })).toEqual([
    admin,
    arn,
    `arn:aws:iam::${account}:role/acme-runs-apply`,
  ]);
  expect(assumedRole({ ...place, backend: checkedBackend() })).toBeUndefined();
  expect(assumedRole({ ...place, backend: { type: "local" } })).toBe(arn);
});
