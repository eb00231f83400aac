import { check, expectMistake, mistakesAt } from "./mistakes";

const account = "111122223333";
const developers = `arn:aws:iam::${account}:role/developers`;
const access = (...grants: object[]) => ({ access: grants });
const grant = (changes: object) => ({ principal: developers, ...changes });

const entry = mistakesAt("access[0]", (value) => access(value as object));
const principal = mistakesAt("access[0].principal", (value) => access({ principal: value, policy: "view" }));
const policy = mistakesAt("access[0].policy", (value) => access(grant({ policy: value })));
const namespaces = mistakesAt("access[0].namespaces", (value) => access(grant({ policy: "edit", namespaces: value })));
const namespace = mistakesAt("access[0].namespaces[0]", (value) =>
  access(grant({ policy: "edit", namespaces: [value] })),
);
const group = mistakesAt("access[0].groups[0]", (value) => access(grant({ groups: [value] })));

test.each([
  entry("somebody who gets nothing", grant({}), "gives nothing; name a policy ('view', 'edit', 'admin' or 'verify')"),
  entry("somebody with an empty list of groups", grant({ groups: [] }), "gives nothing; name a policy"),
  entry("a principal alone", developers, "must be an object such as { principal:"),
  principal("a session", `arn:aws:sts::${account}:assumed-role/developers/me`, "is a session, and sessions end"),
  principal("a principal by its name", "developers", "must be the ARN of an IAM user or role"),
  principal("a principal that is missing", undefined, "must be the ARN of an IAM user or role"),
  principal(
    "a principal of another partition",
    `arn:aws-cn:iam::${account}:role/developers`,
    "is not of eu-central-1's partition; write 'arn:aws:iam::…'",
  ),
  principal(
    "an administrator",
    `arn:aws:iam::${account}:role/platform-admin`,
    "is among admins too, who may do everything; leave it out in one of the two",
  ),
  principal(
    "an administrator in another case and path, which is the same role to IAM,",
    `arn:aws:iam::${account}:role/teams/Platform-Admin`,
    "is among admins too",
  ),
  principal(
    "a role of the platform's own",
    `arn:aws:iam::${account}:role/demo-k8s-cilium-karpenter-nodes`,
    "is a role that the stacks make for themselves; name a role that people or pipelines assume",
  ),
  policy("an unknown policy", "read", "must be one of 'view', 'edit', 'admin', 'verify'"),
  policy("a policy nearly", "views", "did you mean 'view'?"),
  policy("a policy of EKS's", "AmazonEKSViewPolicy", "must be one of 'view', 'edit', 'admin', 'verify'"),
  namespaces("no namespace", [], "names none; leave it out for all namespaces"),
  namespaces("a namespace without a list", "shop", "must be a list of namespaces, such as ['shop', 'shop-*']"),
  namespace("a namespace in capitals", "Shop", "must be the name of a namespace, such as 'shop', or how names begin"),
  namespace("all namespaces by an asterisk", "*", "in lower case; for all, leave namespaces out"),
  namespace("an asterisk in front", "*-shop", "must be the name of a namespace"),
  namespace("a namespace of 64 characters", "a".repeat(64), "must be the name of a namespace"),
  namespace("a namespace that ends with a dash", "shop-", "must be the name of a namespace"),
  group("a group of Kubernetes' own", "system:masters", "begins as names of Kubernetes and AWS do"),
  group("a group of EKS's own", "eks:nodes", "begins as names of Kubernetes and AWS do"),
  group(
    "the group of those who verify",
    "platform-verifier",
    "write policy: 'verify', which makes its ClusterRole too",
  ),
  group("a group without a name", "", "must be the name of a Kubernetes group"),
  group("a group with a blank at its end", "shop ", "must be the name of a Kubernetes group"),
  group("a group that Terraform would fill in", "${x}", "without '${', '%{' and control characters"),
  group("a group with a line break", "a\nb", "without '${', '%{' and control characters"),
])("%s is refused", expectMistake);

test.each([
  ["verify", "does not go with 'verify', which looks at the whole cluster; leave it out"],
  [undefined, "limits a policy, and there is none; say in RoleBindings where the groups have rights"],
])("namespaces do not go with the policy %s", (given, words) => {
  const { problems } = check(
    access(grant({ ...(given ? { policy: given } : {}), groups: ["shop"], namespaces: ["shop"] })),
  );

  expect(problems).toEqual([`clusters[0].access[0].namespaces: [ 'shop' ] ${words}`]);
});

test("somebody who stands there twice is refused", () => {
  const again = { principal: `arn:aws:iam::${account}:role/teams/Developers`, policy: "edit", namespaces: ["shop"] };

  expect(check(access(grant({ policy: "view" }), again)).problems).toEqual([
    `clusters[0].access[1].principal: '${again.principal}' is that of access[0] too, and EKS has one entry for each; join the two`,
  ]);
});

test("the role that deploys is refused, since it administers the cluster", () => {
  const deployRole = `arn:aws:iam::${account}:role/deployer`;

  expect(check({ deployRole, ...access({ principal: deployRole, policy: "view" }) }).problems).toEqual([
    `clusters[0].access[0].principal: '${deployRole}' is deployRole too, which may do everything; leave it out here`,
  ]);
});

test("more than EKS has room for, administrators among them, are refused", () => {
  const admins = Array.from({ length: 2_000 }, (_, index) => `arn:aws:iam::${account}:role/admin-${index}`);
  const readers = (count: number) =>
    access(...admins.slice(0, count).map((arn) => ({ principal: arn.replace("admin", "reader"), policy: "view" })));

  expect(check({ admins, ...readers(998) }).problems).toEqual([]);
  expect(check({ admins, ...readers(999) }).problems).toEqual([
    expect.stringMatching(
      /^clusters\[0\]\.access: .* makes 2999 access entries together with admins, and EKS has room/,
    ),
  ]);
});

test("a list that is none is refused", () => {
  expect(check({ access: grant({ policy: "view" }) }).problems).toEqual([
    expect.stringContaining(" must be a list such as [{ principal:"),
  ]);
});

test.each([
  grant({ policy: "view" }),
  grant({ policy: "verify" }),
  grant({ policy: "edit", namespaces: ["shop", "shop-*", "0", "a".repeat(63)] }),
  grant({ policy: "admin", namespaces: ["shop"], groups: ["shop:operators"] }),
  grant({ groups: ["oidc team/größer", "a"] }),
  { principal: `arn:aws:iam::${account}:user/staff/me@example.com`, policy: "view" },
])("%j is accepted without a warning", (given) => {
  const { clusters, problems, warnings } = check(access(given));

  expect([...problems, ...warnings]).toEqual([]);
  expect(clusters[0]?.access).toEqual([{ groups: [], ...given }]);
});

test("somebody of another account is accepted with a warning", () => {
  const guest = "arn:aws:iam::444455556666:role/guest";

  expect(check(access({ principal: guest, policy: "view" })).warnings).toEqual([
    `demo-k8s-cilium: access holds ${guest} of another account than ${account}; see that it is meant`,
  ]);
});

test.each([
  { policy: "edit" },
  { policy: "admin", namespaces: ["shop", "flux-*"] },
  { policy: "admin", namespaces: ["kube-system"] },
])("%j is accepted with a warning: it lets act as Flux", (given) => {
  expect(check(access(grant(given))).warnings).toEqual([
    `demo-k8s-cilium: access gives ${developers} '${given.policy}' in namespaces of the platform, where it can act as Flux, which may do everything; name other namespaces`,
  ]);
});
