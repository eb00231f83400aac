import { type Changes, check } from "./mistakes";

const account = "111122223333";
const govCloud = { region: "us-gov-east-1", zones: ["us-gov-east-1a", "us-gov-east-1b"] };
const china = { region: "cn-northwest-1", zones: ["cn-northwest-1a", "cn-northwest-1b"] };
const zones = (letters: string, region = "eu-central-1") => [...letters].map((letter) => region + letter);
const inRegion = (region: string): Changes => ({ region, zones: zones("ab", region) });
const admin = (arn: string): Changes => ({ admins: [arn] });
const types = (...instanceTypes: string[]): Changes => ({ nodes: { instanceTypes } });
const repository = (changes: object): Changes => ({ repository: { owner: "acme", name: "clusters", ...changes } });
const s3 = (bucket: string): Changes => ({ backend: { type: "s3", bucket } });
const cloud = (changes: object): Changes => ({ backend: { type: "cloud", organization: "acme", ...changes } });

const accepted: [what: string, changes: Changes][] = [
  ["a name of one letter", { name: "a" }],
  ["a name of 32 characters", { name: "a".repeat(32) }],
  ["a name with digits and dashes in a row", { name: "a--1" }],
  ["a name that begins with a digit", { name: "1demo" }],
  ["a name that only looks like a number", { name: "1-0x1f" }],
  ["a name that begins with 'default'", { name: "default-1" }],
  ["a name that begins like a security group's id", { name: "sgp" }],

  ...["us-east-1", "ap-southeast-7", "mx-central-1", "il-central-1", "ca-west-1", "af-south-1", "me-central-1"].map(
    (region): [string, Changes] => [`a cluster in ${region}`, inRegion(region)],
  ),
  ["three zones", { zones: zones("abc") }],
  ["four zones in any order", { region: "us-east-1", zones: zones("dbca", "us-east-1") }],
  ["the fourth zone of London", { region: "eu-west-2", zones: zones("acd", "eu-west-2") }],
  [
    "the third letter of California, which some accounts have",
    { region: "us-west-1", zones: zones("ac", "us-west-1") },
  ],
  [
    "the zones of Tokyo, of which new accounts lack one",
    { region: "ap-northeast-1", zones: zones("acd", "ap-northeast-1") },
  ],
  ["Montreal, which has a d and no c", { region: "ca-central-1", zones: zones("abd", "ca-central-1") }],
  ["a region that is new, with its zones", { newInAws: ["eu-central-9"], ...inRegion("eu-central-9") }],
  ["a zone that is new", { newInAws: ["eu-central-1d"], zones: zones("ad") }],
  [
    "a bucket in a region that is new",
    { newInAws: ["nz-north-1"], backend: { type: "s3", bucket: "acme-state", region: "nz-north-1" } },
  ],

  ["a /16", { cidrBlock: "10.0.0.0/16" }],
  ["a /17 that is not the first", { cidrBlock: "172.31.128.0/17" }],
  ["a /18 of 192.168.0.0/16", { cidrBlock: "192.168.192.0/18" }],
  ["the last block of 10.0.0.0/8", { cidrBlock: "10.255.0.0/16" }],
  ["a block of 100.64.0.0/10", { cidrBlock: "100.127.0.0/16" }],
  ["a /19, a /20 and a /21 with as many nodes as they have room for", { cidrBlock: "10.0.32.0/19" }],
  ["a /22", { cidrBlock: "10.0.4.0/22" }],

  ["an API that is private", { apiAccess: [] }],
  ["one client address", { apiAccess: ["8.8.8.8/32"] }],
  ["client networks side by side", { apiAccess: ["203.0.113.0/25", "203.0.113.128/25"] }],
  ["clients right outside of private ranges", { apiAccess: ["11.0.0.0/8", "172.32.0.0/11", "192.169.0.0/16"] }],
  ["the highest client network", { apiAccess: ["223.255.255.0/24"] }],

  ["a user", admin(`arn:aws:iam::${account}:user/someone`)],
  [
    "a user with a path and an e-mail address for a name",
    admin(`arn:aws:iam::${account}:user/staff/me+k8s@example.com`),
  ],
  ["a role with a path", admin(`arn:aws:iam::${account}:role/teams/platform/admin`)],
  ["a role of 64 characters", admin(`arn:aws:iam::${account}:role/${"a".repeat(64)}`)],
  [
    "a role of IAM Identity Center",
    admin(
      `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_Admin_0123456789abcdef`,
    ),
  ],
  [
    "a role of IAM Identity Center in us-east-1",
    admin(`arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`),
  ],
  ["a role of GovCloud in GovCloud", { ...govCloud, ...admin(`arn:aws-us-gov:iam::${account}:role/admin`) }],
  ["a role of AWS China in China", { ...china, ...admin(`arn:aws-cn:iam::${account}:role/admin`) }],

  [
    "two roles that punctuation alone tells apart",
    { admins: [`arn:aws:iam::${account}:role/a-b`, `arn:aws:iam::${account}:role/a_b`] },
  ],
  [
    "a user and a role of one name",
    { admins: [`arn:aws:iam::${account}:role/ops`, `arn:aws:iam::${account}:user/ops`] },
  ],
  [
    "two roles whose paths have a colon",
    { admins: [`arn:aws:iam::${account}:role/a:b/c`, `arn:aws:iam::${account}:role/a:c/d`] },
  ],
  ["a role that another cluster's stacks would make", admin(`arn:aws:iam::${account}:role/other-karpenter`)],

  ["the smallest instance type for a node's pods", types("t4g.small")],
  ["several instance types", types("m8g.large", "m7g.large", "m6g.large")],
  ["as many nodes as a /16 has addresses for in two zones", { nodes: { minSize: 170, maxSize: 170 } }],

  ["a branch with slashes", repository({ branch: "env/eu/demo" })],
  ["a branch with dots, a sharp sign and an at sign", repository({ branch: "v1.2#3@x" })],
  ["a branch with letters beyond ASCII", repository({ branch: "größe" })],
  ["a branch of 244 bytes", repository({ branch: "a".repeat(244) })],
  ["a branch that is nearly HEAD", repository({ branch: "head" })],
  ["a branch that holds 'refs/'", repository({ branch: "my/refs/x" })],
  ["a branch with a character outside of the first plane", repository({ branch: "deploy-🚀" })],
  ["a branch of 39 hexadecimal digits", repository({ branch: "a".repeat(39) })],
  ["an owner of 39 characters", repository({ owner: `A${"-1".repeat(19)}` })],
  ["a managed user", repository({ owner: "some-one_acme" })],
  ["a repository that begins with a dot", repository({ name: ".github" })],
  ["a repository of 100 characters", repository({ name: `${"a".repeat(98)}_-` })],
  ["a repository that is made and public", repository({ mode: "create", access: "public" })],

  ["state in S3", s3("acme-state")],
  ["a bucket of three characters", s3("a1b")],
  ["a bucket of 63 characters with dots", s3(`${"a".repeat(61)}.1`)],
  ["a bucket in another region", { backend: { type: "s3", bucket: "acme-state", region: "us-east-1" } }],
  [
    "state below a prefix, with a key and a role of another account",
    {
      backend: {
        type: "s3",
        bucket: "acme-state",
        prefix: "platform/eu_1/v1.2",
        kmsKeyId: "alias/terraform/state",
        roleArn: "arn:aws:iam::444455556666:role/state/writer",
      },
    },
  ],
  ...[
    "0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
    "mrk-0123456789abcdef0123456789abcdef",
    "arn:aws:kms:eu-central-1:444455556666:key/0ea3c8c1-6d1f-4b0e-9f57-2a5d1c6b7e80",
    "arn:aws:kms:eu-central-1:444455556666:alias/state",
  ].map((kmsKeyId): [string, Changes] => [
    `state with the key ${kmsKeyId}`,
    { backend: { type: "s3", bucket: "acme-state", kmsKeyId } },
  ]),
  ["state in HCP Terraform", cloud({ agentPool: "in-vpc" })],
  ["a project with a space within", cloud({ project: "Platform team", hostname: "app.eu.terraform.io" })],

  [
    "services beside the default ones",
    { endpoints: ["ecr.api", "ecr.dkr", "eks-auth", "ssmmessages", "aps-workspaces"] },
  ],
  ["tags with all that AWS allows", { tags: { "Kosten Stelle_1.a:b/c=d+e-f@g": "größer 1_2.3:4/5=6+7-8@9" } }],
  ["a tag with an empty value", { tags: { Team: "" } }],
  ["a tag that only sounds like AWS's", { tags: { awsome: "yes", "example.com/kubernetes.io": "x" } }],
  ["the longest key and value", { tags: { ["k".repeat(128)]: "v".repeat(256) } }],
  ["the longest retention", { logRetentionDays: 3653 }],
  ["logs that are never deleted", { logRetentionDays: "never" }],
];

test.each(accepted)("%s is accepted without a warning", (_, changes) => {
  const { clusters, problems, warnings } = check(changes);

  expect([...problems, ...warnings]).toEqual([]);
  expect(clusters).toMatchObject([changes]);
});

test("an API that is open to everybody is accepted with a warning", () => {
  const { clusters, problems, warnings } = check({ name: "demo", apiAccess: ["0.0.0.0/0"] });

  expect(problems).toEqual([]);
  expect(clusters).toMatchObject([{ apiAccess: ["0.0.0.0/0"] }]);
  expect(warnings).toEqual([
    "demo: apiAccess holds 0.0.0.0/0, so everybody may try to log in to the API; name the networks of your clients",
  ]);
});

test.each(
  "c7gn.large im4gn.large is4gen.xlarge x2gd.medium a1.xlarge hpc7g.4xlarge c8gd.metal-48xl i8ge.large m6g.metal".split(
    " ",
  ),
)("%s, which the table of addresses lacks, is accepted with a warning", (type) => {
  const { clusters, problems, warnings } = check(types("t4g.medium", type));

  expect(problems).toEqual([]);
  expect(clusters).toHaveLength(1);
  expect(warnings).toEqual([
    `demo-k8s-cilium: nodes.instanceTypes: how many pod addresses ${type} has is not known here; see that they are enough`,
  ]);
});

test("an instance type that is newer than the tables is accepted, with the warning of those", () => {
  const { problems, warnings } = check({ newInAws: ["m99g.large"], ...types("m8g.large", "m99g.large") });

  expect(problems).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining("how many pod addresses m99g.large has is not known here")]);
});
