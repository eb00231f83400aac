import { type Changes, check } from "./mistakes";

const repository = { owner: "acme", name: "clusters" };
const first = { name: "first", cidrBlock: "10.0.0.0/16", repository };
const second = (changes: Changes) => ({ name: "second", cidrBlock: "10.1.0.0/16", repository, ...changes });

test("two clusters of one name are refused", () => {
  const elsewhere = { owner: "acme", name: "others" };

  expect(check(first, second({ name: "first", repository: elsewhere })).problems).toEqual([
    "clusters[1].name: 'first' is the name of clusters[0] too; stacks are named after clusters, so take another",
  ]);
});

test.each([
  ["the same block", "10.0.0.0/16"],
  ["a part of the block", "10.0.64.0/18"],
])("a cluster in %s is refused", (_, cidrBlock) => {
  expect(check(first, second({ cidrBlock })).problems).toEqual([
    `clusters[1].cidrBlock: '${cidrBlock}' overlaps 10.0.0.0/16 of clusters[0], and such networks can never be connected; take another block`,
  ]);
});

test("a cluster whose block holds another's is refused", () => {
  expect(check({ ...first, cidrBlock: "10.1.128.0/18" }, second({})).problems).toEqual([
    expect.stringContaining("clusters[1].cidrBlock: '10.1.0.0/16' overlaps 10.1.128.0/18 of clusters[0]"),
  ]);
});

test.each([
  ["in another region", { region: "eu-west-1", zones: ["eu-west-1a", "eu-west-1b"] }],
  ["in another account", { account: "444455556666", admins: ["arn:aws:iam::444455556666:role/platform-admin"] }],
])("a block that overlaps another's is allowed %s, with a warning", (_, elsewhere) => {
  const { clusters, problems, warnings } = check(first, second({ cidrBlock: "10.0.64.0/18", ...elsewhere }));

  expect(problems).toEqual([]);
  expect(clusters).toHaveLength(2);
  expect(warnings).toEqual([
    "second: cidrBlock 10.0.64.0/18 overlaps 10.0.0.0/16 of first; see that the two need never be connected",
  ]);
});

test("blocks that are neighbours pass", () => {
  expect(check({ ...first, cidrBlock: "10.1.0.0/17" }, second({ cidrBlock: "10.1.128.0/17" })).problems).toEqual([]);
});

test.each([
  ["as it is", repository],
  ["in another case of letters", { owner: "Acme", name: "Clusters" }],
  ["with its default branch spelt out", { ...repository, branch: "main" }],
])("two clusters are refused that write the same file of a repository, named %s", (_, other) => {
  expect(check(first, second({ name: "first", repository: other })).problems).toEqual([
    expect.stringContaining("clusters[1].name: 'first' is the name of clusters[0] too"),
    expect.stringMatching(
      /^clusters\[1\]\.repository: .* and clusters\[0\] would both write clusters\/first\/ on branch main; take/,
    ),
  ]);
});

test("on another branch the file is another", () => {
  expect(check(first, second({ name: "first", repository: { ...repository, branch: "next" } })).problems).toEqual([
    expect.stringContaining("clusters[1].name: 'first'"),
  ]);
});

test("two clusters that both create one repository are refused", () => {
  const create = { ...repository, mode: "create" };

  expect(
    check({ ...first, repository: create }, second({ repository: { ...create, owner: "ACME" } })).problems,
  ).toEqual([
    expect.stringMatching(
      /^clusters\[1\]\.repository: .* is created by clusters\[0\] too; set mode 'existing' in one of them$/,
    ),
  ]);
});

test.each([
  ["one repository under other names", repository],
  ["one repository that the other creates", { ...repository, mode: "create" }],
  ["two branches of one repository", { ...repository, branch: "next" }],
  ["repositories of one name and two owners", { ...repository, owner: "other" }],
])("two clusters with %s pass", (_, other) => {
  const { clusters, problems } = check(first, second({ repository: other }));

  expect(problems).toEqual([]);
  expect(clusters.map(({ name }) => name)).toEqual(["first", "second"]);
});

const made = { ...repository, mode: "create" };
const open = { ...repository, access: "public" };

test.each([
  ["made private further up", made, open, "is made private by clusters[0], and read without credentials here; set"],
  ["read as public further up", open, made, "is made private here, and read without credentials by clusters[0]; set"],
])("a repository is not private and public at once: %s", (_, one, other, words) => {
  expect(check({ ...first, repository: one }, second({ repository: other })).problems).toEqual([
    expect.stringMatching(new RegExp(`^clusters\\[1\\]\\.repository: .* ${words.replaceAll(/[[\]]/g, "\\$&")}`)),
  ]);
});

test("a repository that is made public may be read with a key by another cluster", () => {
  const { problems } = check({ ...first, repository: { ...made, access: "public" } }, second({}));

  expect(problems).toEqual([]);
});

test.each([
  ["a", "a/b"],
  ["env/eu/demo", "env"],
  ["main", "main/next"],
])("one repository has no branches %s and %s", (one, other) => {
  const on = (branch: string) => ({ repository: { ...repository, branch } });

  expect(check({ ...first, ...on(one) }, second(on(other))).problems).toEqual([
    expect.stringMatching(
      `^clusters\\[1\\]\\.repository: .* is followed on branch '${other}', and by clusters\\[0\\] on '${one}', which Git takes for`,
    ),
  ]);
});

test.each([
  ["begins like the other", "a", "ab/c"],
  ["has a part of the other's name", "b", "a/b"],
])("a branch that %s passes", (_, one, other) => {
  const on = (branch: string) => ({ repository: { ...repository, branch } });

  expect(check({ ...first, ...on(one) }, second(on(other))).problems).toEqual([]);
});

test("a cluster may use the repository that the one before it creates", () => {
  const created = { ...first, repository: { ...repository, mode: "create" } };

  expect(check(created, second({})).problems).toEqual([]);
});

test("among three clusters each clash is a line of its own", () => {
  const { problems } = check(first, second({}), { name: "second", cidrBlock: "10.0.0.0/18", repository });

  expect(problems.map((problem) => problem.replace(/: .* (clusters\[\d\]).*/, " and $1"))).toEqual([
    "clusters[2].cidrBlock and clusters[0]",
    "clusters[2].name and clusters[1]",
    "clusters[2].repository and clusters[1]",
  ]);
});
