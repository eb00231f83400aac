import { check, expectMistake, mistakesAt } from "./mistakes";

const account = "111122223333";
const boundary = mistakesAt("iam.permissionsBoundary", (permissionsBoundary) => ({ iam: { permissionsBoundary } }));
const path = mistakesAt("iam.path", (value) => ({ iam: { path: value } }));
const prefix = mistakesAt("iam.namePrefix", (namePrefix) => ({ iam: { namePrefix } }));
const iam = mistakesAt("iam", (value) => ({ iam: value }));
const longest = "a-name-of-32-characters-it-is-so";

test.each([
  boundary(
    "a role as boundary",
    `arn:aws:iam::${account}:role/boundary`,
    "must be the ARN of a managed policy, such as",
  ),
  boundary("a boundary by its name", "boundary", "must be the ARN of a managed policy"),
  boundary("a boundary without a name", `arn:aws:iam::${account}:policy/`, "must be the ARN of a managed policy"),
  boundary(
    "a boundary of an unknown partition",
    `arn:aws-iso:iam::${account}:policy/x`,
    "must be the ARN of a managed",
  ),
  boundary("a boundary with a wildcard", `arn:aws:iam::${account}:policy/*`, "must be the ARN of a managed policy"),
  boundary("a boundary that is null", null, "must be the ARN of a managed policy"),
  boundary(
    "a boundary of another partition",
    `arn:aws-cn:iam::${account}:policy/boundary`,
    "is not of eu-central-1's partition; write 'arn:aws:iam::…'",
  ),
  boundary(
    "a boundary of another account",
    "arn:aws:iam::444455556666:policy/boundary",
    `is of another account than ${account}, and IAM takes a boundary of the role's own, or one of AWS's`,
  ),
  path("a path without its first slash", "platform/", "must be '/', or begin and end with a slash"),
  path("a path without its last slash", "/platform", "must be '/', or begin and end with a slash"),
  path("a path with two slashes in a row", "/a//b/", "between single slashes"),
  path("a path with a blank", "/the platform/", "must be '/', or begin and end with a slash"),
  path("a path with an asterisk, which roles may have and policies not,", "/a*/", "must be '/', or begin"),
  path("a path of 513 characters", `/${"a".repeat(511)}/`, "up to 512 characters"),
  path("an empty path", "", "must be '/', or begin and end with a slash"),
  path("the path of service-linked roles", "/aws-service-role/x/", "is AWS's own, for service-linked roles"),
  path("the path of Identity Center's roles", "/aws-reserved/sso/", "is AWS's own, for service-linked roles"),
  prefix("a prefix with a slash", "platform/", "must be letters, digits and + = , . @ _ -"),
  prefix("a prefix with a blank", "the platform", "must be letters, digits and + = , . @ _ -"),
  prefix("a prefix that is a number", 7, "must be letters, digits and + = , . @ _ -"),
  iam("a path alone", "/platform/", "must be an object such as { permissionsBoundary:"),
])("%s is refused", expectMistake);

test("a prefix with which a role's name is too long is refused, with the numbers", () => {
  const { problems } = check({ name: longest, iam: { namePrefix: "acme-platform-eks-" } });

  expect(problems).toEqual([
    `clusters[0].iam.namePrefix: 'acme-platform-eks-' has 18 characters, and 'acme-platform-eks-${longest}-cilium-operator' ` +
      "would have 66 of the 64 that IAM takes for a role; take at most 16, or a shorter name for the cluster",
  ]);
  expect(check({ name: longest, iam: { namePrefix: "a".repeat(16) } }).problems).toEqual([]);
});

test.each([
  { permissionsBoundary: `arn:aws:iam::${account}:policy/boundaries/platform` },
  { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" },
  { path: "/" },
  { path: `/${"a".repeat(510)}/` },
  { path: "/a.b,c+d@e=f_g-h/i/" },
  { namePrefix: "Acme_team+1=2,3.4@5-" },
  {},
])("%j is accepted", (given) => {
  const { clusters, problems, warnings } = check({ iam: given });

  expect([...problems, ...warnings]).toEqual([]);
  expect(clusters[0]?.iam).toEqual({ path: "/", namePrefix: "", ...given });
});

describe("two clusters", () => {
  const others = (name: string, changes: object = {}) => ({ name, cidrBlock: "10.201.0.0/16", ...changes });

  test("whose roles would have the same names are refused: IAM tells them apart by case and path as little", () => {
    const { problems } = check({ name: "prod-demo" }, others("demo", { iam: { namePrefix: "Prod-", path: "/b/" } }));

    expect(problems).toEqual([
      "clusters[1].iam.namePrefix: 'Prod-' makes a role 'Prod-demo-cilium-operator', as clusters[0] does, and IAM has one role of a name; take another",
    ]);
  });

  test("are told by the name, where the second has no prefix", () => {
    const { problems } = check({ name: "demo", iam: { namePrefix: "prod-" } }, others("prod-demo"));

    expect(problems).toEqual([
      "clusters[1].name: 'prod-demo' makes a role 'prod-demo-cilium-operator', as clusters[0] does, and IAM has one role of a name; take another",
    ]);
  });

  test("of two accounts may have roles of the same names", () => {
    const { problems } = check(
      { name: "prod-demo" },
      others("demo", {
        account: "444455556666",
        admins: ["arn:aws:iam::444455556666:role/a"],
        iam: { namePrefix: "prod-" },
      }),
    );

    expect(problems).toEqual([]);
  });
});
