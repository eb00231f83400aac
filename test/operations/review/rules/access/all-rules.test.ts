import { accessRules } from "../../../../../operations/review/rules/access/all-rules";
import { accessOf } from "../../../../../operations/review/rules/access/findings";
import { judgedChanges } from "../../../../../operations/review/rules/judged-changes";
import { changed } from "../../../../support/plan";

type Resource = Readonly<Record<string, unknown>> | null;

const account = "arn:aws:iam::111122223333";
const put = { Effect: "Allow", Action: "s3:PutObject", Resource: "arn:aws:s3:::logs/*" };
const send = {
  Effect: "Allow",
  Action: "sqs:SendMessage",
  Resource: "*",
  Principal: { Service: "events.amazonaws.com" },
};
const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } };
const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*", Principal: "*" };
const binding = {
  metadata: [{ name: "install" }],
  role_ref: [{ kind: "ClusterRole", name: "view" }],
  subject: [{ kind: "ServiceAccount", name: "flux", namespace: "flux-system" }],
};
const protection = { pattern: "main", required_pull_request_reviews: [{}], allows_force_pushes: false };
const entry = { cluster_name: "demo", principal_arn: `${account}:role/ops`, kubernetes_groups: ["view"] };
function policy(...Statement: unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function api(public_access_cidrs: unknown, endpoint_public_access: unknown = true) {
  return { vpc_config: [{ endpoint_public_access, public_access_cidrs }] };
}

function tcp(port: number, network: string) {
  return { ip_protocol: "tcp", from_port: port, to_port: port, cidr_ipv4: network, security_group_id: "sg-1" };
}

function rules(...verbs: string[]) {
  return { rule: [{ api_groups: [""], resources: ["pods"], resource_names: null, verbs }] };
}

function networkPolicy(ingress: unknown) {
  return { manifest: { kind: "NetworkPolicy", metadata: { name: "a" }, spec: { podSelector: {}, ingress } } };
}

interface Pair {
  readonly type: string;
  /** A change that widens access, and what is said of it. */
  readonly wider: [Resource, Resource, string];
  /** One that is nearly the same and widens nothing. */
  readonly miss: [Resource, Resource];
  /** What it would be a danger to end up with instead.
   * @default - nothing is one, or everything */
  readonly danger?: Resource;
}

const pairs: Record<string, Pair> = {
  "api-networks": {
    type: "aws_eks_cluster",
    wider: [
      api(["192.0.2.0/24"]),
      api(["192.0.2.0/24", "203.0.113.0/24"]),
      "203.0.113.0/24 may reach the cluster's API",
    ],
    miss: [api(["203.0.113.0/24"]), api(["203.0.113.0/25", "203.0.113.128/25"])],
    danger: api(["0.0.0.0/0"]),
  },
  "security-group-ingress": {
    type: "aws_vpc_security_group_ingress_rule",
    wider: [null, tcp(443, "10.0.0.0/16"), "10.0.0.0/16 may reach tcp 443"],
    miss: [tcp(443, "10.0.0.0/8"), tcp(443, "10.0.0.0/16")],
    danger: tcp(22, "::/0"),
  },
  "security-group-egress": {
    type: "aws_security_group",
    wider: [
      { egress: [] },
      { egress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }] },
      "every port may be reached at 0.0.0.0/0",
    ],
    miss: [
      { egress: [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }] },
      { egress: [{ protocol: "tcp", from_port: 443, to_port: 443, cidr_blocks: ["0.0.0.0/0"] }] },
    ],
  },
  "identity-policy": {
    type: "aws_iam_policy",
    wider: [null, { policy: policy(put) }, "allowed now: s3:PutObject on arn:aws:s3:::logs/*"],
    miss: [{ policy: policy(put) }, { policy: policy({ ...put, Action: ["S3:putObject"], Sid: "Logs" }) }],
    danger: { policy: policy({ ...put, Resource: "*" }) },
  },
  "trust-policy": {
    type: "aws_iam_role",
    wider: [
      { assume_role_policy: policy(trust) },
      { assume_role_policy: policy(trust, { ...trust, Principal: { AWS: `${account}:root` } }) },
      `allowed now: sts:AssumeRole for AWS:${account}:root`,
    ],
    miss: [
      { assume_role_policy: policy(trust, { ...trust, Principal: { AWS: "111122223333" } }) },
      { assume_role_policy: policy(trust) },
    ],
    danger: { assume_role_policy: policy({ ...trust, Principal: "*" }) },
  },
  "resource-policy": {
    type: "aws_sqs_queue_policy",
    wider: [
      { policy: policy({ ...send, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } }) },
      { policy: policy(send) },
      "allowed now: sqs:SendMessage on * for Service:events.amazonaws.com (before only if aws:SourceVpc is vpc-1)",
    ],
    miss: [{ policy: policy(send) }, { policy: policy(send, { ...send, Effect: "Deny", Principal: "*" }) }],
    danger: { policy: policy(read) },
  },
  "endpoint-policy": {
    type: "aws_vpc_endpoint_policy",
    wider: [
      { policy: policy(send) },
      { policy: policy(send, { ...send, Action: "sqs:ReceiveMessage" }) },
      "allowed now: sqs:ReceiveMessage on * for Service:events.amazonaws.com",
    ],
    miss: [null, { policy: policy(read) }],
    danger: { policy: policy(read) },
  },
  "policy-attachment": {
    type: "aws_iam_role_policy_attachment",
    wider: [
      null,
      { role: "a", policy_arn: `${account}:policy/p` },
      `allowed now: all of ${account}:policy/p for role:a`,
    ],
    miss: [{ role: "a", policy_arn: `${account}:policy/p` }, null],
    danger: { role: "a", policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
  },
  "permissions-boundary": {
    type: "aws_iam_role",
    wider: [
      { permissions_boundary: `${account}:policy/b` },
      { permissions_boundary: "" },
      `denied no longer: all that the boundary ${account}:policy/b leaves out`,
    ],
    miss: [{ permissions_boundary: `${account}:policy/b` }, null],
  },
  "access-entry": {
    type: "aws_eks_access_entry",
    wider: [
      entry,
      { ...entry, kubernetes_groups: ["view", "edit"] },
      `allowed now: membership of edit on demo for ${account}:role/ops`,
    ],
    miss: [
      { ...entry, kubernetes_groups: ["view", "edit"] },
      { ...entry, kubernetes_groups: ["edit"] },
    ],
    danger: { ...entry, kubernetes_groups: ["system:masters"] },
  },
  "identity-given": {
    type: "aws_iam_access_key",
    wider: [null, { user: "ci" }, "allowed now: calls with a key for user:ci"],
    miss: [{ user: "ci" }, { user: "ci", status: "Inactive" }],
  },
  "repository-visibility": {
    type: "github_repository",
    wider: [
      { name: "app", visibility: "private" },
      { name: "app", visibility: "internal" },
      "allowed now: reading by everybody in the enterprise on app",
    ],
    miss: [
      { name: "app", visibility: "public" },
      { name: "app", visibility: "internal" },
    ],
    danger: { name: "app", visibility: "public" },
  },
  "repository-access": {
    type: "github_repository_deploy_key",
    wider: [
      null,
      { repository: "app", title: "flux", read_only: true },
      "allowed now: pull on app for deploy key:flux",
    ],
    miss: [
      { repository: "app", title: "flux", read_only: false },
      { repository: "app", title: "flux", read_only: true },
    ],
    danger: { repository: "app", title: "flux", read_only: false },
  },
  "branch-protection": {
    type: "github_branch_protection",
    wider: [
      { ...protection, required_status_checks: [{ contexts: ["lint", "test"] }] },
      { ...protection, required_status_checks: [{ contexts: ["lint"] }] },
      "denied no longer: merges without the check test on main",
    ],
    miss: [protection, { ...protection, enforce_admins: true }],
    danger: {
      ...protection,
      required_status_checks: [{ contexts: ["lint", "test"] }],
      allows_force_pushes: true,
    },
  },
  "role-binding": {
    type: "kubernetes_cluster_role_binding_v1",
    wider: [null, binding, "allowed now: all of ClusterRole view on the cluster for ServiceAccount:flux-system/flux"],
    miss: [binding, { ...binding, subject: [...binding.subject, ...binding.subject] }],
    danger: { ...binding, role_ref: [{ kind: "ClusterRole", name: "cluster-admin" }] },
  },
  "role-rules": {
    type: "kubernetes_role_v1",
    wider: [rules("get"), rules("get", "list"), "allowed now: list on core/pods"],
    miss: [rules("*"), rules("get", "list")],
    danger: rules("escalate"),
  },
  "pod-privileges": {
    type: "kubernetes_pod_v1",
    wider: [
      { metadata: [{ name: "a" }], spec: [{}] },
      { metadata: [{ name: "a" }], spec: [{ host_network: true }] },
      "allowed now: network of the node for pods:a",
    ],
    miss: [
      { metadata: [{ name: "a" }], spec: [{}] },
      { metadata: [{ name: "a" }], spec: [{ container: [{ image: "b" }] }] },
    ],
    danger: { metadata: [{ name: "a" }], spec: [{ container: [{ security_context: [{ privileged: true }] }] }] },
  },
  "network-policy": {
    type: "kubernetes_manifest",
    wider: [
      networkPolicy([]),
      networkPolicy([{ from: [{ podSelector: {} }] }]),
      'allowed now: ingress on * for peer:{"podSelector":{}}',
    ],
    miss: [null, networkPolicy([{ from: [{ podSelector: {} }] }])],
    danger: networkPolicy([{}]),
  },
  "load-balancer": {
    type: "helm_release",
    wider: [
      { chart: "web", values: ['{"service": {"type": "ClusterIP"}}'] },
      { chart: "web", values: ['{"service": {"type": "LoadBalancer"}}'] },
      "allowed now: connections through a load balancer on service",
    ],
    miss: [
      { chart: "web", values: ['{"service": {"type": "ClusterIP"}}'] },
      { chart: "web", values: ['{"service": {"type": "ClusterIP"}, "type": "LoadBalancer"}'] },
    ],
    danger: {
      chart: "web",
      values: ['{"service": {"type": "LoadBalancer", "annotations": {"scheme": "internet-facing"}}}'],
    },
  },
};

describe.each(accessRules.map(({ id, types, severity }) => ({ id, types, severity })))("the rule $id", (rule) => {
  const pair = pairs[rule.id];
  const judged = (before: Resource, after: Resource) =>
    judgedChanges([changed(`${pair?.type}.this`, actions(before, after), before, after)]);
  const found = (before: Resource, after: Resource) =>
    judged(before, after)
      .flatMap((one) => accessOf(one))
      .filter((one) => one.rule === rule.id && one.direction === "wider");

  test("has a change that triggers it and a near miss, of a type that it is about", () => {
    const types = judged(pair?.wider[0] ?? null, pair?.wider[1] ?? null).map(({ type }) => type);

    expect(types.some((type) => rule.types.includes(type) || rule.types.includes("*"))).toBe(true);
  });

  test("finds what is wider", () => {
    const [before, after, what] = pair?.wider ?? [null, null, ""];

    expect(found(before, after).map((one) => one.what)).toEqual([what]);
  });

  test("finds nothing in what is nearly the same", () => {
    const [before, after] = pair?.miss ?? [{}, {}];

    expect(found(before, after)).toEqual([]);
  });

  test("is a danger when it says so", () => {
    const [before, after] = pair?.wider ?? [null, null];
    const severities = (is: Resource = {}) => new Set(found(before, is).map((one) => one.severity));

    expect([...severities(after)]).toEqual([rule.severity === "danger" ? "danger" : "caution"]);
    expect(severities(pair?.danger).has("danger")).toBe(rule.severity !== "caution");
  });
});

function actions(before: Resource, after: Resource): string {
  return before === null ? "create" : after === null ? "delete" : "update";
}
