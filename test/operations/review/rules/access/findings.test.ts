import { accessRules } from "../../../../../operations/review/rules/access/all-rules";
import { accessOf, relatedIn } from "../../../../../operations/review/rules/access/findings";
import { judgedChanges } from "../../../../../operations/review/rules/judged-changes";
import { change, changed, plan } from "../../../../support/plan";

const statement = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const policy = JSON.stringify({ Version: "2012-10-17", Statement: statement });
const deny = JSON.stringify({ Version: "2012-10-17", Statement: { ...statement, Effect: "Deny" } });

/** What is found in one change: `wider identity-policy: …`. */
function found(...parameters: Parameters<typeof changed>): string[] {
  return foundIn(change(...parameters));
}

/** What is found in the changes of one plan. */
function foundIn(...resource_changes: readonly unknown[]): string[] {
  const judged = judgedChanges(plan({ resource_changes }).changes);
  return judged
    .flatMap((one) => accessOf(one, relatedIn(judged)))
    .map(({ direction, rule, what }) => `${direction} ${rule}: ${what}`);
}

test("a replacement is what it changes, and nothing where it changes nothing", () => {
  const narrow = policy.replace("logs/*", "logs/a");

  expect(found("aws_iam_policy.logs", "delete,create", { policy }, { policy, name: "b" })).toEqual([]);
  expect(found("aws_iam_policy.logs", "create,delete", { policy }, { policy: narrow })).toEqual([
    "narrower identity-policy: allowed no longer: s3:PutObject on arn:aws:s3:::logs/* (now only in part)",
  ]);
});

test.each(["no-op", "read", "forget"])("what is only %s changes no access", (action) => {
  expect(found("aws_iam_policy.logs", action, { policy }, null)).toEqual([]);
});

test("data, and what an earlier apply left to be deleted, change no access", () => {
  expect(found("data.aws_iam_policy.logs", "delete", { policy }, null)).toEqual([]);
  expect(found("aws_iam_policy.logs", "delete", { policy }, null, { deposed: "00000001" })).toEqual([]);
});

describe("a policy that is not known until the apply", () => {
  const expected = ["wider identity-policy: what it allows is known after apply: read it in the code"];
  const after_unknown = { policy: true };

  test("is to be read", () => {
    expect(found("aws_iam_policy.logs", "create", null, { name: "a" }, { after_unknown })).toEqual(expected);
    expect(found("aws_iam_policy.logs", "update", { policy }, { name: "a" }, { after_unknown })).toEqual(expected);
  });

  test("is AWS's own where the code may leave it out, in what is new or replaced", () => {
    expect(found("aws_sqs_queue.jobs", "create", null, { name: "a" }, { after_unknown })).toEqual([]);
    expect(found("aws_sqs_queue.jobs", "delete,create", { policy }, { name: "a" }, { after_unknown })).toEqual([]);
    expect(found("aws_sqs_queue.jobs", "update", { policy }, { name: "a" }, { after_unknown })).toHaveLength(1);
    expect(
      found("aws_iam_role.a", "create", null, { name: "a" }, { after_unknown: { managed_policy_arns: true } }),
    ).toEqual([]);
  });
});

test("a sensitive policy is to be read when it changes, and is not shown", () => {
  const sensitive = { before_sensitive: { policy: true }, after_sensitive: { policy: true } };

  expect(found("aws_iam_policy.logs", "update", { policy }, { policy: deny }, sensitive)).toEqual([
    "wider identity-policy: what it allows is sensitive: read it in the code",
  ]);
  expect(found("aws_iam_policy.logs", "update", { policy, name: "a" }, { policy, name: "b" }, sensitive)).toEqual([]);
  expect(found("aws_iam_policy.logs", "delete", { policy }, null, { before_sensitive: { policy: true } })).toEqual([
    "wider identity-policy: what it allows is sensitive: read it in the code",
  ]);
});

test("a network that is sensitive, and another than before, may reach the API", () => {
  const api = (network: string) => ({ vpc_config: [{ public_access_cidrs: [network] }] });
  const after_sensitive = { vpc_config: [{ public_access_cidrs: [true] }] };

  expect(found("aws_eks_cluster.a", "update", api("192.0.2.0/24"), api("0.0.0.0/0"), { after_sensitive })[0]).toBe(
    "wider api-networks: (sensitive, and changed) may reach the cluster's API",
  );
});

test("text that is no policy is to be read, once it changes", () => {
  expect(found("aws_iam_policy.logs", "update", { policy }, { policy: "{" })).toEqual([
    "wider identity-policy: what it allows cannot be made out: read it in the code",
  ]);
  expect(found("aws_iam_policy.logs", "update", { policy: "{" }, { policy: "{", name: "a" })).toEqual([]);
});

test.each([
  ["aws_iam_role", { inline_policy: [{ name: "logs", policy }] }],
  ["aws_ssoadmin_permission_set_inline_policy", { inline_policy: policy }],
  ["aws_cloudwatch_log_resource_policy", { policy_document: policy }],
  ["aws_cloudwatch_log_destination_policy", { access_policy: policy }],
  ["aws_opensearch_domain", { access_policies: policy }],
])("a policy of %s is read where it stands", (type, resource) => {
  expect(found(`${type}.a`, "create", null, resource)).toEqual([
    expect.stringMatching(/: allowed now: s3:PutObject on arn:aws:s3:::logs\/\*$/),
  ]);
});

test("a Deny that goes widens, unless it goes with all that it guards", () => {
  expect(found("aws_iam_policy.logs", "delete", { policy: deny }, null)).toEqual([
    "wider identity-policy: denied no longer: s3:PutObject on arn:aws:s3:::logs/*",
  ]);
  expect(found("aws_s3_bucket.logs", "delete", { policy: deny }, null)).toEqual([]);
  expect(found("aws_s3_bucket.logs", "update", { policy: deny }, { policy: "" })).toEqual([
    "wider resource-policy: denied no longer: s3:PutObject on arn:aws:s3:::logs/*",
  ]);
});

test("a VPC endpoint without a policy lets everything through", () => {
  expect(found("aws_vpc_endpoint_policy.s3", "delete", { policy }, null)).toEqual([
    "wider endpoint-policy: allowed now: * on * for * (before only in part)",
  ]);
  expect(found("aws_vpc_endpoint.s3", "update", { policy }, { policy: "" })).toEqual([
    "wider endpoint-policy: allowed now: * on * for * (before only in part)",
  ]);
  expect(found("aws_vpc_endpoint.s3", "create", null, { policy })).toEqual([]);
  expect(found("aws_vpc_endpoint.s3", "delete", { policy }, null)).toEqual([]);
});

test("what stays as it is, and is another's from now on, is new", () => {
  const role = (name: string) => ({ role: name, policy });

  expect(found("aws_iam_role_policy.logs", "delete,create", role("a"), role("b"))).toEqual([
    "wider identity-policy: allowed now: s3:PutObject on arn:aws:s3:::logs/*",
    "narrower identity-policy: allowed no longer: s3:PutObject on arn:aws:s3:::logs/*",
  ]);
  expect(
    found("aws_iam_role_policy.logs", "delete,create", role("a"), { policy }, { after_unknown: { role: true } }),
  ).toEqual([]);
});

describe("the API of a cluster", () => {
  const api = (endpoint_public_access: boolean | null, public_access_cidrs: unknown = null) => ({
    vpc_config: [{ endpoint_public_access, public_access_cidrs }],
  });

  test("admits nobody without a public endpoint, and everybody with one if no networks are named", () => {
    expect(found("aws_eks_cluster.a", "update", api(false, ["192.0.2.0/24"]), api(true, ["192.0.2.0/24"]))).toEqual([
      "wider api-networks: 192.0.2.0/24 may reach the cluster's API",
    ]);
    expect(found("aws_eks_cluster.a", "create", null, api(null))).toEqual([
      "wider api-networks: 0.0.0.0/0 may reach the cluster's API",
    ]);
  });
});

describe("a rule of a security group", () => {
  const rule = { protocol: "tcp", from_port: 22, to_port: 22, security_group_id: "sg-1" };

  test.each([
    [{ type: "ingress", cidr_blocks: ["10.0.0.0/8"] }, "10.0.0.0/8 may reach tcp 22"],
    [{ type: "ingress", ipv6_cidr_blocks: ["2001:db8::/32"] }, "2001:db8::/32 may reach tcp 22"],
    [{ type: "ingress", prefix_list_ids: ["pl-1"], self: true }, "pl-1, the group itself may reach tcp 22"],
    [{ type: "ingress", source_security_group_id: "sg-2" }, "sg-2 may reach tcp 22"],
    [{ type: "egress", cidr_blocks: ["10.0.0.0/8"] }, "tcp 22 may be reached at 10.0.0.0/8"],
  ])("admits what %j names", (peers, what) => {
    expect(accessOf(changed("aws_security_group_rule.a", "create", null, { ...rule, ...peers }))).toEqual([
      expect.objectContaining({ what }),
    ]);
  });

  test("names no source that the provider is yet to fill in beside another", () => {
    const after = { ...rule, type: "ingress", cidr_blocks: ["10.0.0.0/8"] };
    const after_unknown = { source_security_group_id: true };

    expect(found("aws_security_group_rule.a", "create", null, after, { after_unknown })).toEqual([
      "wider security-group-ingress: 10.0.0.0/8 may reach tcp 22",
    ]);
  });
});

test.each([
  ["a role that anybody gets", "role_binding", { subject: [{ kind: "Group", name: "system:unauthenticated" }] }],
  ["everything", "cluster_role", { rule: [{ api_groups: ["*"], resources: ["*"], verbs: ["*"] }] }],
])("it is a danger in Kubernetes to allow %s", (_, type, resource) => {
  const [role] = judgedChanges([changed(`kubernetes_${type}.a`, "create", null, resource)]);

  expect(role && accessOf(role)[0]?.severity).toBe("danger");
});

const oddities: readonly unknown[] = [
  null,
  7,
  "text",
  true,
  [],
  [[]],
  [null],
  {},
  { a: [] },
  [{ name: {}, a: 1 }],
  { toString: 1 },
];

test.each(oddities.map((value): [unknown] => [value]))("no rule stumbles over an attribute that is %j", (value) => {
  const names = [
    ...["policy", "inline_policy", "assume_role_policy", "permissions_boundary", "vpc_config", "ingress", "egress"],
    ...["cidr_blocks", "protocol", "from_port", "role", "policy_arn", "kubernetes_groups", "access_scope"],
    ...["constraints", "operations", "visibility", "user", "metadata", "role_ref", "subject", "rule", "principal"],
  ];
  const resource = Object.fromEntries(names.map((name) => [name, value]));

  for (const type of new Set(accessRules.map(({ types }) => types[0]))) {
    expect(() => found(`${type}.a`, "update", { name: "a" }, resource)).not.toThrow();
    expect(() => found(`${type}.a`, "delete", resource, null)).not.toThrow();
  }
});

describe("what moves within a plan", () => {
  const group = (ingress: unknown) => ({ id: "sg-1", ingress });
  const inline = { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["10.0.0.0/8"] };
  const rule = (network: string, security_group_id = "sg-1") => ({
    ...{ security_group_id, ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: network },
  });
  const emptied = change("aws_security_group.a", "update", group([inline]), group([]));

  test("is no change where a rule becomes a resource of its own, or another one", () => {
    const next = change("aws_vpc_security_group_ingress_rule.a", "create", null, rule("10.0.0.0/8"));
    const { cidr_blocks, ...ports } = inline;
    const old = { ...ports, type: "ingress", cidr_blocks, security_group_id: "sg-1" };

    expect(foundIn(emptied, next)).toEqual([]);
    expect(foundIn(change("aws_security_group_rule.a", "delete", old, null), next)).toEqual([]);
  });

  test("is one where it opens more than it did, or another group", () => {
    const wide = change("aws_vpc_security_group_ingress_rule.a", "create", null, rule("0.0.0.0/0"));
    const other = change("aws_vpc_security_group_ingress_rule.a", "create", null, rule("10.0.0.0/8", "sg-2"));

    expect(foundIn(emptied, wide)).toEqual([
      "wider security-group-ingress: 0.0.0.0/0 may reach tcp 22 (before only 10.0.0.0/8)",
    ]);
    expect(foundIn(emptied, other)).toHaveLength(2);
  });

  test("of an unknown policy, nothing is known to have moved", () => {
    const attached = (name: string) =>
      change(
        `aws_iam_role_policy_attachment.${name}`,
        "create",
        null,
        { role: "a" },
        { after_unknown: { policy_arn: true } },
      );

    expect(foundIn(attached("a"), attached("b"))).toHaveLength(2);
  });
});

test.each([
  [
    "aws_iam_role_policy_attachment",
    { role: "nodes", policy_arn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
  ],
  ["aws_vpc_security_group_ingress_rule", { ip_protocol: "tcp", from_port: 1, to_port: 1, cidr_ipv4: "10.0.0.0/8" }],
])("what %s gave is lost with it", (type, resource) => {
  expect(found(`${type}.a`, "delete", resource, null)).toEqual([expect.stringMatching(/^lost /)]);
});

test("to lock everybody out is a danger", () => {
  const locked = JSON.stringify({ Statement: { Effect: "Deny", Action: "s3:*", Resource: "*", Principal: "*" } });
  const access = accessOf(changed("aws_s3_bucket_policy.a", "update", { policy }, { policy: locked }));

  expect(access.filter(({ direction }) => direction === "lost")).toMatchObject([{ severity: "danger" }]);
});

test("nodes of a role that the plan makes are our own, and no alarm", () => {
  const entry = (type: string) => ({ cluster_name: "demo", kubernetes_groups: [], type });
  const after_unknown = { principal_arn: true };

  expect(found("aws_eks_access_entry.nodes", "create", null, entry("EC2_LINUX"), { after_unknown })).toEqual([]);
  expect(found("aws_eks_access_entry.nodes", "create", null, entry("STANDARD"), { after_unknown })).toHaveLength(1);
});

test("system:masters in the ConfigMap that clusters had before access entries is a danger", () => {
  const map = (...groups: string[]) => ({
    metadata: [{ name: "aws-auth", namespace: "kube-system" }],
    data: { mapRoles: JSON.stringify([{ rolearn: "arn:aws:iam::111122223333:role/a", groups }]) },
  });

  expect(found("kubernetes_config_map_v1_data.a", "update", map("view"), map("view", "system:masters"))).toEqual([
    "wider access-entry: allowed now: membership of system:masters on the cluster for arn:aws:iam::111122223333:role/a",
  ]);
});

test("what Flux reads in a file is judged as if Terraform applied it, and a manifest as the object in it", () => {
  const binding = {
    kind: "ClusterRoleBinding",
    metadata: { name: "a" },
    roleRef: { kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ kind: "Group", name: "system:authenticated" }],
  };
  const list = { kind: "List", items: [binding] };
  const what = "allowed now: all of ClusterRole cluster-admin on the cluster for Group:system:authenticated";
  const expected = [`wider role-binding: ${what}`];

  expect(found("kubernetes_manifest.a", "create", null, { manifest: binding })).toEqual(expected);
  for (const content of [binding, list].map((object) => JSON.stringify(object))) {
    expect(found("github_repository_file.a", "create", null, { file: "apps/a.yaml", content })).toEqual(expected);
    expect(found("github_repository_file.a", "create", null, { file: ".github/a.yaml", content })).toEqual([]);
  }
});

test.each([
  ["a bucket's", "aws_s3_bucket_acl", { bucket: "a", acl: "private" }, { bucket: "a", acl: "public-read" }],
  [
    "a list of networks",
    "aws_ec2_managed_prefix_list",
    { id: "pl-1", max_entries: 5, entry: [] },
    { id: "pl-1", max_entries: 5, entry: [{ cidr: "0.0.0.0/0" }] },
  ],
  [
    "a subnet's",
    "aws_network_acl_rule",
    null,
    { rule_action: "allow", egress: false, protocol: "6", from_port: 22, to_port: 22, cidr_block: "0.0.0.0/0" },
  ],
])("it is a danger to open %s to everybody", (_, type, before, after) => {
  const [access] = accessOf(changed(`${type}.a`, before === null ? "create" : "update", before, after));

  expect(access).toMatchObject({ direction: "wider", severity: "danger" });
});

test("a policy that is another kind of document allows nobody anything", () => {
  const policy = JSON.stringify({ rules: [] });

  expect(found("aws_ecr_registry_scanning_configuration.a", "update", { policy: "" }, { policy })).toEqual([]);
  expect(found("aws_ecr_lifecycle_policy.a", "create", null, {}, { after_unknown: { policy: true } })).toEqual([]);
});

const account = "arn:aws:iam::111122223333";
const scope = (type: string, namespaces: unknown = null) => ({
  cluster_name: "demo",
  principal_arn: `${account}:role/ops`,
  policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
  access_scope: [{ type, namespaces }],
});
const pods = { cluster_name: "demo", namespace: "app", service_account: "web", role_arn: `${account}:role/web` };
const grant = { key_id: "k", grantee_principal: `${account}:role/a`, operations: ["Decrypt"] };
const call = { action: "lambda:InvokeFunction", function_name: "f", principal: "s3.amazonaws.com" };
const members = { repository: "app", user: [{ username: "a", permission: "push" }], team: [] };
const hook = { repository: "app", events: ["push"], configuration: [{ url: "https://ci.example" }] };
const profile = { name: "nodes", role: "a" };

/** Changes that one rule compares in several ways, the narrower way round. */
const ways: readonly [type: string, narrow: object | null, wide: object, what: string][] = [
  [
    "aws_eks_access_policy_association",
    scope("namespace", ["app"]),
    scope("cluster"),
    `all of AmazonEKSViewPolicy on demo for ${account}:role/ops (before only if namespace is app)`,
  ],
  [
    "aws_eks_pod_identity_association",
    null,
    pods,
    `sts:AssumeRole on ${account}:role/web for service account:demo/app/web`,
  ],
  [
    "aws_iam_user_group_membership",
    { user: "a", groups: [] },
    { user: "a", groups: ["admins"] },
    "membership of admins for user:a",
  ],
  ["aws_iam_instance_profile", profile, { ...profile, role: "b" }, "sts:AssumeRole on b for instance profile:nodes"],
  ["aws_kms_grant", grant, { ...grant, operations: ["Decrypt", "Encrypt"] }, `kms:Encrypt on k for ${account}:role/a`],
  [
    "aws_lambda_permission",
    { ...call, principal_org_id: "o-1" },
    call,
    "lambda:InvokeFunction on f for s3.amazonaws.com (before only if aws:PrincipalOrgID is like o-1)",
  ],
  [
    "github_repository_collaborators",
    members,
    { ...members, team: [{ team_id: "7", permission: "pull" }] },
    "pull on app for team:7",
  ],
  [
    "github_repository_webhook",
    { ...hook, active: false },
    hook,
    "hearing of push on app for webhook:https://ci.example",
  ],
];

test.each(ways)("a change of %s says who may do more", (type, narrow, wide, what) => {
  const texts = found(`${type}.a`, narrow === null ? "create" : "update", narrow, wide);

  expect(texts.filter((text) => text.startsWith("wider "))).toEqual([expect.stringMatching(`: allowed now: `)]);
  expect(texts[0]).toContain(what);
  expect(
    found(`${type}.a`, "update", wide, narrow ?? wide).filter(
      (text) => text.startsWith("wider ") && !text.includes("profile"),
    ),
  ).toEqual([]);
});

test("a new instance profile is none that has another role", () => {
  expect(found("aws_iam_instance_profile.a", "create", null, profile)).toEqual([]);
});

describe("the protection of a branch", () => {
  const protection = {
    pattern: "main",
    required_pull_request_reviews: [{ required_approving_review_count: 2, require_code_owner_reviews: true }],
    required_status_checks: [{ contexts: ["ci", "security"] }],
  };
  const ruleset = { name: "main", enforcement: "active", rules: [{ deletion: true, pull_request: [{}] }] };

  test.each([
    [
      "a review less",
      { required_pull_request_reviews: [{ required_approving_review_count: 1, require_code_owner_reviews: true }] },
      "fewer than 2 reviews",
    ],
    ["no owners", { required_pull_request_reviews: [{ required_approving_review_count: 2 }] }, "the code's owners"],
    ["a check less", { required_status_checks: [{ contexts: ["ci"] }] }, "the check security"],
  ])("forbids less with %s", (_, less, what) => {
    const texts = found("github_branch_protection.a", "update", protection, { ...protection, ...less });

    expect(texts).toEqual([
      expect.stringMatching(`^wider branch-protection: denied no longer: merges with.*${what} on main$`),
    ]);
    expect(found("github_branch_protection.a", "update", { ...protection, ...less }, protection)[0]).toMatch(
      /^narrower/,
    );
  });

  test("goes with a set of rules, or when that is not in force", () => {
    expect(found("github_repository_ruleset.a", "delete", ruleset, null)[0]).toMatch(/^wider .*deletion/);
    expect(found("github_repository_ruleset.a", "update", ruleset, { ...ruleset, enforcement: "disabled" })[0]).toMatch(
      /^wider/,
    );
  });
});

test.each([
  [
    "every service account gets",
    { roleRef: { kind: "ClusterRole", name: "edit" }, subjects: [{ kind: "Group", name: "system:serviceaccounts" }] },
    "ClusterRoleBinding",
  ],
  ["reads secrets", { rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }] }, "Role"],
  ["runs commands in pods", { rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }] }, "Role"],
  ["does everything in a group", { rules: [{ apiGroups: [""], resources: ["*"], verbs: ["*"] }] }, "ClusterRole"],
  [
    "binds others",
    {
      rules: [
        { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], resourceNames: ["a"], verbs: ["bind"] },
      ],
    },
    "Role",
  ],
])("a role that %s is a danger", (_, object, kind) => {
  const manifest = { ...object, kind, metadata: { name: "a" } };
  const [one] = judgedChanges([changed("kubernetes_manifest.a", "create", null, { manifest })]);

  expect(one && accessOf(one)).toMatchObject([{ severity: "danger" }]);
});

test("a secret that a role names is one that somebody meant", () => {
  const manifest = {
    kind: "Role",
    metadata: { name: "a" },
    rules: [{ apiGroups: [""], resources: ["secrets"], resourceNames: ["a"], verbs: ["get"] }],
  };
  const [one] = judgedChanges([changed("kubernetes_manifest.a", "create", null, { manifest })]);

  expect(one && accessOf(one)).toMatchObject([{ severity: "caution" }]);
});
