import { inCloud } from "../support/workspaces";
import { type Changes, check, expectMistake, mistakesAt } from "./mistakes";

const cloud = (setting: string) =>
  mistakesAt(`backend.${setting}`, (value) => ({ backend: { type: "cloud", organization: "acme", [setting]: value } }));
const within = (setting: string, member: string, others: object) =>
  mistakesAt(`backend.${setting}.${member}`, (value) => ({
    backend: { type: "cloud", organization: "acme", [setting]: { ...others, [member]: value } },
  }));
const repository = within("vcs", "repository", {});
const branch = within("vcs", "branch", { repository: "acme/platform" });
const installation = within("vcs", "githubAppInstallation", { repository: "acme/platform" });
const visibility = within("vcs", "visibility", { repository: "acme/platform" });
const url = within("runTask", "url", {});
const key = within("runTask", "keyVariable", { url: "https://review.acme.example" });
const enforcement = within("runTask", "enforcement", { url: "https://review.acme.example" });

test.each([
  cloud("projectMode")("a project that is neither made nor there", "made", "must be one of 'create', 'existing'"),
  cloud("identityProvider")("an identity provider by its ARN", "arn:aws:iam::1", "must be one of 'create', 'existing'"),
  cloud("vcs")("a repository by its name alone", "acme/platform", "must name a repository: { repository:"),
  cloud("agentPool")("an agent pool with a slash", "vpc/agents", "must be the name of an agent pool"),
  cloud("notificationUrl")("a notification without TLS", "http://hooks.acme.example", "must be an https:// address"),
  cloud("notificationUrl")("a notification with a user", "https://a:b@acme.example", "without a user"),
  cloud("runTask")("a run task by its address alone", "https://review.acme.example", "must name where the review"),

  repository("a repository without its owner", "platform", "must be a repository on GitHub as 'owner/name'"),
  repository("a repository's address", "https://github.com/acme/platform", "as 'owner/name'"),
  branch("a branch with its whole name", "refs/heads/main", "must be a branch name"),
  branch("an empty branch", "", "must be a branch name"),
  installation("an installation by GitHub's number", "12345678", "such as 'ghain-ymtVLLHQNuCkWyxr'"),
  visibility("a repository that is internal", "internal", "must be one of 'private', 'public'"),
  url("a run task without TLS", "http://review.acme.example", "must be an https:// address"),
  key("a key in place of its variable's name", "S3cr3t!", "must be the name of a Terraform variable"),
  enforcement("an enforcement that HCP Terraform has not", "hard", "must be one of 'advisory', 'mandatory'"),
])("%s is refused", expectMistake);

test("a key's variable has no name that Terraform keeps for itself", () => {
  const [problem] = check({
    backend: { type: "cloud", organization: "acme", runTask: { url: "https://a.example", keyVariable: "count" } },
  }).problems;

  expect(problem).toMatch(/keyVariable: 'count' is a word that Terraform keeps for itself/);
});

test.each<[string, Changes]>([
  ["the role with which runs plan, as an administrator", { admins: ["arn:aws:iam::111122223333:role/acme-runs-plan"] }],
  [
    "the role with which runs apply, without its path",
    { admins: ["arn:aws:iam::111122223333:role/x/acme-runs-apply"] },
  ],
  [
    "a role of runs, by access",
    { access: [{ principal: "arn:aws:iam::111122223333:role/acme-runs-apply", policy: "view" }] },
  ],
  ["a role of runs, as the one that deploys", { deployRole: "arn:aws:iam::111122223333:role/acme-runs-apply" }],
])("%s is refused: it is let in already, and EKS takes no second entry of it", (_, changes) => {
  const { problems } = check(of({}, changes));

  expect(problems.map((problem) => problem.replace(/^.*?' /, ""))).toEqual([
    "is a role of runs in HCP Terraform, which the cluster lets in by itself; leave it out",
  ]);
});

test("the role with which runs apply may stand among admins, where it does nothing", () => {
  const admins = ["arn:aws:iam::111122223333:role/platform-admin", "arn:aws:iam::111122223333:role/acme-runs-apply"];

  expect(check(of({}, { admins })).problems).toEqual([]);
});

const of = (backend: Changes, changes: Changes = {}): Changes => ({
  ...inCloud(),
  apiAccess: ["0.0.0.0/0"],
  backend: { type: "cloud", organization: "acme", ...backend },
  ...changes,
});
const second = { name: "second", cidrBlock: "10.1.0.0/16" };

test.each<[string, Changes, Changes, string[]]>([
  [
    "organizations in capitals and without",
    of({}),
    of({ organization: "Acme" }, second),
    [
      "clusters[1].backend.organization: 'Acme' differs from that of clusters[0] in capitals alone; write it as HCP Terraform shows it",
      "clusters[1].backend.identityProvider: missing; it is made for clusters[0] in the same account, which has one; write 'existing' here",
    ],
  ],
  [
    "two organizations that both make the one identity provider",
    of({}),
    of({ organization: "others" }, second),
    [
      "clusters[1].backend.identityProvider: missing; it is made for clusters[0] in the same account, which has one; write 'existing' here",
    ],
  ],
  [
    "an identity provider that is there, and not",
    of({}),
    of({ identityProvider: "existing" }, second),
    [
      "clusters[1].backend.identityProvider: 'existing' is another than that of clusters[0] in the same account, which has one; write the same",
    ],
  ],
  [
    "a project that is there, and not",
    of({ project: "platform" }),
    of({ project: "platform", projectMode: "existing" }, second),
    [
      "clusters[1].backend.projectMode: 'existing' is another than that of clusters[0], whose project is the same; write the same",
    ],
  ],
  [
    "projects that read alike",
    of({ project: "platform-a" }),
    of({ project: "Platform A" }, second),
    [
      "clusters[1].backend.project: 'Platform A' differs from that of clusters[0] in capitals and punctuation alone; rename one of the two",
    ],
  ],
  [
    "a project that reads like the one that is always there",
    of({}),
    of({ project: "default-project" }, second),
    [
      "clusters[1].backend.project: 'default-project' differs from that of clusters[0] in capitals and punctuation alone; rename one of the two",
    ],
  ],
  [
    "agent pools that read alike",
    of({ agentPool: "in-vpc" }),
    of({ agentPool: "in vpc" }, second),
    [
      "clusters[1].backend.agentPool: 'in vpc' differs from that of clusters[0] in capitals and punctuation alone; rename one of the two",
    ],
  ],
  [
    "owners of repositories in capitals and without",
    of({ vcs: { repository: "acme/platform" } }),
    of({ vcs: { repository: "Acme/other" } }, second),
    [
      "clusters[1].backend.vcs.repository: 'Acme/other' has its owner in other capitals than that of clusters[0]; write both as GitHub shows it",
    ],
  ],
  [
    "two reviews",
    of({ runTask: { url: "https://one.example" } }),
    of({ runTask: { url: "https://two.example" } }, second),
    [
      "clusters[1].backend.runTask: { url: 'https://two.example' } has another url or keyVariable than that of clusters[0]; their organization has one review",
    ],
  ],
])("clusters of one host are refused: %s", (_, one, other, problems) => {
  expect(check(one, other).problems).toEqual(problems);
});

test.each<[string, Changes, Changes]>([
  ["on other hosts", of({}), of({ organization: "Acme", hostname: "app.eu.terraform.io" }, second)],
  ["in one organization", of({ project: "platform" }), of({ project: "others", projectMode: "existing" }, second)],
])("clusters that share nothing, or the same, pass: %s", (_, one, other) => {
  expect(check(one, other).problems).toEqual([]);
});

test("clusters of one organization and account that would give their roles other names are refused", () => {
  expect(check(of({}), of({}, { ...second, iam: { namePrefix: "acme-" } })).problems).toEqual([
    "clusters[1].iam: { namePrefix: 'acme-' } is another than that of clusters[0], and runs of both have the same roles in their account; write the same",
  ]);
});

test("a prefix with which the roles of runs would be too long is refused, with numbers", () => {
  expect(check(of({ organization: "o".repeat(40) }, { iam: { namePrefix: "platform-prefix-" } })).problems).toEqual([
    expect.stringMatching(
      /^clusters\[0\]\.iam\.namePrefix: .* has 16 characters, and '.*' would have 67 of the 64 .*; take at most 13$/,
    ),
  ]);
});

test("a host whose name would not fit into a workspace's is refused", () => {
  const hostname = `${"a".repeat(60)}.acme.example`;

  expect(check(of({ organization: "o".repeat(40), hostname })).problems).toEqual([
    expect.stringContaining("has, with the organization's name, 125 characters in the name of a workspace"),
  ]);
});

test.each<[string, Changes, number]>([
  ["no agent, and some networks", { apiAccess: ["203.0.113.0/24"] }, 1],
  ["no agent, and a private API", { apiAccess: [] }, 1],
  ["no agent, and the whole internet", { apiAccess: ["0.0.0.0/0"] }, 0],
  ["agents", { apiAccess: [], backend: { type: "cloud", organization: "acme", agentPool: "in-vpc" } }, 0],
])("who cannot reach the API is warned of: %s", (_, changes, count) => {
  const warnings = check(of({}, changes)).warnings.filter((warning) => warning.includes("none is within apiAccess"));

  expect(warnings).toHaveLength(count);
});

test("a host with a port is accepted, and it is said that AWS cannot know its runs", () => {
  const { problems, warnings } = check(of({ hostname: "terraform.example.com:8443" }, { apiAccess: [] }));

  expect(problems).toEqual([]);
  expect(warnings).toEqual([
    "demo-k8s-cilium: AWS takes no identity provider with a port, as in terraform.example.com:8443, so runs get no credentials of AWS by themselves; give its workspaces some",
  ]);
});

test("roles that would trust more workspaces than IAM holds are warned of, once for each account", () => {
  const clusters = Array.from({ length: 8 }, (_, index) =>
    of({ project: "platform" }, { name: `cluster-${index}`, cidrBlock: `10.${index}.0.0/16` }),
  );
  const others = clusters.map((cluster, index) => ({
    ...cluster,
    name: `other-${index}`,
    cidrBlock: `10.${100 + index}.0.0/16`,
    account: "444455556666",
    admins: ["arn:aws:iam::444455556666:role/admin"],
  }));

  const trust = (...changes: Changes[]) => check(...changes).warnings.filter((warning) => warning.includes(" trust "));

  expect(trust(...clusters.slice(0, 4))).toEqual([]);
  expect(trust(...clusters, ...others)).toEqual([
    expect.stringMatching(
      /^acme: its roles in account 111122223333 trust 24 workspaces, in some \d+ characters; IAM takes 2048/,
    ),
    expect.stringMatching(/^acme: its roles in account 444455556666 trust 24 workspaces/),
  ]);
});
