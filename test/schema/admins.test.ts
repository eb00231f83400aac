import { check, expectMistake, mistakesAt } from "./mistakes";

const account = "111122223333";
const admin = mistakesAt("admins[0]", (arn) => ({ admins: [arn] }));
const admins = mistakesAt("admins", (value) => ({ admins: value }));

test.each([
  ["case", "role/platform-admin", "role/Platform-Admin"],
  ["path", "role/platform-admin", "role/teams/platform-admin"],
  ["path and case, with colons,", "user/a:b/c:d/ops", "user/Ops"],
])("two admins that %s alone tells apart are refused, since IAM has one of them", (_, one, other) => {
  const arns = [one, other].map((principal) => `arn:aws:iam::${account}:${principal}`);

  expect(check({ admins: arns }).problems).toEqual([
    `clusters[0].admins[1]: '${arns[1]}' is the same to IAM as '${arns[0]}', another entry: neither case nor path tells names apart; leave one of the two out`,
  ]);
});

test.each([
  "role/demo-cluster",
  "role/demo-flow-logs",
  "role/demo-cilium-operator",
  "role/demo-system-nodes",
  "role/demo-karpenter-nodes",
  "role/demo-karpenter",
  "role/Demo-Cluster",
])("a role that the cluster's own stacks make is no admin: %s", (role) => {
  expect(check({ name: "demo", admins: [`arn:aws:iam::${account}:${role}`] }).problems).toEqual([
    `clusters[0].admins[0]: 'arn:aws:iam::${account}:${role}' is a role that the stacks make for themselves; name a role that people or pipelines assume`,
  ]);
});

test("nor is it the role that deploys the cluster", () => {
  const deployRole = `arn:aws:iam::${account}:role/demo-karpenter`;

  expect(check({ name: "demo", deployRole }).problems).toEqual([
    `clusters[0].deployRole: '${deployRole}' is a role that the stacks make for themselves; name a role that people or pipelines assume`,
  ]);
});

test("a role of such a name in another account is somebody else's", () => {
  const admins = ["arn:aws:iam::444455556666:role/demo-cluster", `arn:aws:iam::${account}:role/platform-admin`];

  expect(check({ name: "demo", admins }).problems).toEqual([]);
});

const strangers = ["arn:aws:iam::444455556666:role/a", "arn:aws:iam::444455556666:user/b"];
const deployRole = `arn:aws:iam::${account}:role/deployer`;

test("admins that are all of another account are refused, and both accounts named", () => {
  expect(check({ admins: strangers }).problems).toEqual([
    `clusters[0].account: '${account}' is the account of no admin, and all admins are of 444455556666, so nobody could apply the bootstrap stack; one of the two is wrong, or a deployRole of ${account} is missing`,
  ]);
});

test.each([
  ["a role of the account deploys", { deployRole }],
  ["one beside them is of the account", { admins: [...strangers, deployRole] }],
  ["runs in HCP Terraform have a role of the account", { backend: { type: "cloud", organization: "acme" } }],
])("they are a warning each if %s", (_, changes) => {
  const { problems, warnings } = check({ admins: strangers, apiAccess: ["0.0.0.0/0"], ...changes });

  expect(problems).toEqual([]);
  expect(warnings.filter((line) => line.includes("admins holds"))).toHaveLength(2);
});

test.each([
  ["the deployRole", "deployRole", { admins: strangers, deployRole: "deployer" }],
  ["one admin", "admins[2]", { admins: [...strangers, "admin"] }],
])("nothing is said of their account while %s is wrong", (_, place, changes) => {
  expect(check(changes).problems).toEqual([expect.stringContaining(`clusters[0].${place}: `)]);
});

test("more admins are refused than EKS has access entries for", () => {
  const admins = Array.from({ length: 2_999 }, (__, index) => `arn:aws:iam::${account}:role/admin-${index}`);

  expect(check({ admins }).problems).toEqual([
    expect.stringContaining("is longer than the 2998 access entries that EKS has room for"),
  ]);
  expect(check({ admins: admins.slice(1) }).problems).toEqual([]);
});

test.each([
  admin(
    "a session, whose role is named instead,",
    `arn:aws:sts::${account}:assumed-role/platform-admin/me@example.com`,
    `write the role, with its path if it has one: 'arn:aws:iam::${account}:role/platform-admin'`,
  ),
  admin(
    "a session of IAM Identity Center, whose role has a path,",
    `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/me`,
    `'arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_Admin_0123456789abcdef'`,
  ),
  admin(
    "a session in GovCloud",
    `arn:aws-us-gov:sts::${account}:assumed-role/admin/me`,
    `'arn:aws-us-gov:iam::${account}:role/admin'`,
  ),
  admin(
    "a role of IAM Identity Center without its path",
    `arn:aws:iam::${account}:role/AWSReservedSSO_Admin_0123456789abcdef`,
    `'arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_Admin_0123456789abcdef'`,
  ),
  admin(
    "a way out that was copied as it stands",
    `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/<region>/AWSReservedSSO_Admin_01`,
    "without wildcards or placeholders; write it as IAM shows it",
  ),
  admin("a role with a wildcard in its path", `arn:aws:iam::${account}:role/*/admin`, "without wildcards"),
  admin("a role with a wildcard for its name", `arn:aws:iam::${account}:role/admin-*`, "without wildcards"),
  admin("the root user", `arn:aws:iam::${account}:root`, "is an account's root user; name a role"),
  admin(
    "a service-linked role",
    `arn:aws:iam::${account}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`,
    "is a service-linked role, which EKS takes in no access entry; name a role",
  ),
  admin("a group", `arn:aws:iam::${account}:group/admins`, "must be the ARN of an IAM user or role, such as"),
  admin("an instance profile", `arn:aws:iam::${account}:instance-profile/admin`, "the ARN of an IAM user or role"),
  admin("a policy", "arn:aws:iam::aws:policy/AdministratorAccess", "the ARN of an IAM user or role"),
  admin("a federated user", `arn:aws:sts::${account}:federated-user/me`, "the ARN of an IAM user or role"),
  admin("a role by its name", "platform-admin", "the ARN of an IAM user or role"),
  admin("an account", account, "the ARN of an IAM user or role"),
  admin("an account of 11 digits", "arn:aws:iam::11112222333:role/admin", "the ARN of an IAM user or role"),
  admin("an ARN with a region", `arn:aws:iam:eu-central-1:${account}:role/admin`, "the ARN of an IAM user or role"),
  admin("an unknown partition", `arn:aws-eusc:iam::${account}:role/admin`, "the ARN of an IAM user or role"),
  admin("a role without a name", `arn:aws:iam::${account}:role/`, "the ARN of an IAM user or role"),
  admin("a role of 65 characters", `arn:aws:iam::${account}:role/${"a".repeat(65)}`, "the ARN of an IAM user or role"),
  admin("a name with a space", `arn:aws:iam::${account}:user/a b`, "the ARN of an IAM user or role"),
  admin("an admin that is null", null, "the ARN of an IAM user or role"),
  admins("nobody as admin", [], "names nobody, so nobody could apply the bootstrap stack or use the cluster"),
  admins("an admin without a list", `arn:aws:iam::${account}:role/admin`, "must be a list of ARNs"),
])("%s is refused", expectMistake);

test("an admin that stands there twice is refused", () => {
  const arn = `arn:aws:iam::${account}:role/admin`;

  expect(check({ admins: [arn, arn] }).problems).toEqual([
    `clusters[0].admins[1]: '${arn}' stands in the list twice; leave one out`,
  ]);
});
