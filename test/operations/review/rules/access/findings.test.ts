import { accessRules } from "../../../../../operations/review/rules/access/all-rules";
import { accessOf } from "../../../../../operations/review/rules/access/findings";
import { changed } from "../../../../support/plan";

const statement = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const policy = JSON.stringify({ Version: "2012-10-17", Statement: statement });
const deny = JSON.stringify({ Version: "2012-10-17", Statement: { ...statement, Effect: "Deny" } });

/** What is found in one change: `wider identity-policy: …`. */
function found(...parameters: Parameters<typeof changed>): string[] {
  return accessOf(changed(...parameters)).map(({ direction, rule, what }) => `${direction} ${rule}: ${what}`);
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
  const [access] = accessOf(changed(`kubernetes_${type}.a`, "create", null, resource));

  expect(access?.severity).toBe("danger");
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
