import { dangerRules } from "../../../../../operations/review/rules/danger/all-rules";
import { dangersOf } from "../../../../../operations/review/rules/danger/findings";
import { isAnyChange } from "../../../../../operations/review/rules/danger/rule";
import { changed } from "../../../../support/plan";

type Json = Readonly<Record<string, unknown>>;
type Change = readonly [actions: string, before: Json | null, after: Json | null, more?: Json];
type Pair = readonly [type: string, finds: Change, misses: Change];
type Two<Value> = readonly [before: Value, after: Value];

const create: Change = ["create", null, {}];
const forget: Change = ["forget", {}, null];
const moved: Change = ["no-op", {}, {}, { previous_address: "aws_vpc.before" }];
const tagged: Change = ["update", { tags: {} }, { tags: { a: "b" } }];
const replaced: Change = ["delete,create", {}, {}];
const successorFirst: Change = ["create,delete", {}, {}];
const deposed: Change = ["delete", {}, null, { deposed: "0a1b2c3d" }];

function destroyed(before: Json = {}): Change {
  return ["delete", before, null];
}

function updated([before, after]: Two<Json>): Change {
  return ["update", before, after];
}

/** Updates of one attribute, at a path such as `vpc_config.0.endpoint_private_access`. */
function attribute(type: string, path: string, finds: Two<unknown>, misses: Two<unknown>): Pair {
  const [was, is, had, has] = [...finds, ...misses].map((value) => nested(path.split("."), value) as Json);
  return [type, updated([was ?? {}, is ?? {}]), updated([had ?? {}, has ?? {}])];
}

function nested([step, ...rest]: readonly string[], value: unknown): unknown {
  return step === undefined ? value : step === "0" ? [nested(rest, value)] : { [step]: nested(rest, value) };
}

const chart = { chart: "cilium", version: "1.20.2" };

function cilium(values: unknown): Json {
  return { ...chart, values: [JSON.stringify(values)] };
}

/** Other values for Cilium's chart. */
function values([was, is]: Two<Json>, [had, has]: Two<Json>): Pair {
  return ["helm_release", updated([cilium(was), cilium(is)]), updated([cilium(had), cilium(has)])];
}

function file(content: string, path = "clusters/demo/karpenter.yaml"): Json {
  return { file: path, content };
}

/** Other objects in a file for Flux. */
function objects(finds: Two<readonly Json[]>, misses: Two<readonly Json[]>): Pair {
  const [one, other] = [finds, misses].map(([before, after]) => updated([manifest(before), manifest(after)]));
  return ["github_repository_file", one ?? create, other ?? create];
}

function manifest(all: readonly Json[]): Json {
  return file(all.map((object) => JSON.stringify(object)).join("\n---\n"));
}

function object(kind: string, spec: Json, name = "default"): Json {
  return { kind, metadata: { name }, spec };
}

function pool(spec: Json, limits: Json = {}): readonly Json[] {
  return [object("NodePool", { limits, template: { spec } })];
}

const flux = (spec: Json) => [object("Kustomization", spec)];
const sort = (kind: string) => destroyed({ manifest: { kind } });
const hubble = { hubble: { ui: { enabled: true } }, operator: { replicas: 1 }, ingressController: { service: {} } };
const roll = { rollOutCiliumPods: true };
const debug = { debug: { enabled: true } };
const key = (...values: string[]) => ({ requirements: [{ key: "a", operator: "In", values }] });
const node = (release_version: string, max_size: number) => ({ release_version, scaling_config: [{ max_size }] });
const disk = { ebs: [{ encrypted: "true" }] };
const karpenter = { chart: "karpenter", version: "1.14.1" };

/** Of each rule a change that it finds, and one that nearly is such a change. */
const pairs: Readonly<Record<string, Pair>> = {
  "vpc-gone": ["aws_vpc", destroyed(), tagged],
  "subnet-gone": ["aws_subnet", replaced, deposed],
  "elastic-ip-gone": ["aws_eip", destroyed(), moved],
  "kms-key-gone": ["aws_kms_key", destroyed(), forget],
  "cluster-gone": ["aws_eks_cluster", replaced, ["delete", {}, null, { mode: "data" }]],
  "oidc-provider-gone": ["aws_iam_openid_connect_provider", destroyed(), ["create,forget", {}, {}]],
  "role-gone": ["aws_iam_role", replaced, tagged],
  "access-entry-gone": ["aws_eks_access_entry", destroyed(), create],
  "log-group-gone": ["aws_cloudwatch_log_group", destroyed(), forget],
  "queue-gone": ["aws_sqs_queue", replaced, deposed],
  "repository-gone": ["github_repository", destroyed({ archive_on_destroy: true }), moved],
  "deploy-key-gone": ["github_repository_deploy_key", successorFirst, create],
  "crd-gone": ["kubernetes_manifest", sort("CustomResourceDefinition"), sort("ConfigMap")],
  "namespace-gone": ["kubernetes_namespace_v1", destroyed(), forget],
  "data-gone": ["aws_s3_bucket", destroyed(), tagged],
  "node-group-gone": ["aws_eks_node_group", replaced, successorFirst],
  "add-on-gone": ["aws_eks_addon", destroyed({ preserve: null }), destroyed({ preserve: true })],
  "release-gone": ["helm_release", destroyed(cilium({})), ["forget", cilium({}), null]],
  "file-deleted": ["github_repository_file", destroyed(file("")), destroyed(file("", "clusters/demo/README.md"))],
  "object-dropped": objects(
    [[object("A", {}), object("B", {})], [object("B", {})]],
    [[object("A", {})], [object("B", {}), object("A", {})]],
  ),
  "flux-path-changed": objects(
    [flux({ path: "./old" }), flux({ path: "./new" })],
    [flux({ path: "./a" }), [...flux({ path: "./a" }), object("Kustomization", { path: "./b" }, "b")]],
  ),
  "way-out-gone": ["aws_nat_gateway", destroyed(), tagged],
  "way-out-changed": ["aws_route", updated([{ nat_gateway_id: "a" }, { nat_gateway_id: "b" }]), replaced],
  "taint-changed": ["aws_eks_node_group", updated([{ taint: [] }, { taint: [{ effect: "NO_EXECUTE" }] }]), tagged],
  "instance-type-changed": ["aws_launch_template", updated([{ instance_type: "a" }, { instance_type: "b" }]), tagged],
  "nodes-rolled": [
    "aws_eks_node_group",
    updated([node("1.65.0", 2), node("1.66.0", 2)]),
    updated([node("1.66.0", 2), node("1.66.0", 3)]),
  ],
  "node-group-replaced": ["aws_eks_node_group", successorFirst, replaced],
  "karpenter-nodes-changed": objects(
    [pool(key("a", "b")), pool(key("a"))],
    [pool(key("a")), pool(key("a"), { cpu: 10 })],
  ),
  "karpenter-nodes-rolled": objects(
    [[object("EC2NodeClass", { role: "a" })], [object("EC2NodeClass", { role: "b" })]],
    [[object("EC2NodeClass", {})], [object("EC2NodeClass", {}), object("EC2NodeClass", {}, "b")]],
  ),
  "kubernetes-minor-skipped": attribute("aws_eks_cluster", "version", ["1.34", "1.36"], ["1.9", "1.10"]),
  "kubernetes-downgrade": attribute("aws_eks_cluster", "version", ["1.10", "1.9"], [null, "1.36"]),
  "kubernetes-upgrade": attribute("aws_eks_cluster", "version", ["1.35", "1.36"], ["1.36", "1.35"]),
  "cilium-ipam-changed": values(
    [{ ipam: { mode: "eni" } }, { ipam: { mode: "cluster-pool" } }],
    [{ ipam: { mode: "eni" } }, { ipam: { mode: "eni", nodeSpec: { ipamPreAllocate: 4 } } }],
  ),
  "cilium-prefixes-changed": values(
    [{ eni: { awsEnablePrefixDelegation: true } }, {}],
    [{ eni: { awsReleaseExcessIPs: true } }, {}],
  ),
  "cilium-routing-changed": [
    "helm_release",
    updated([cilium({ routingMode: "native" }), cilium({ routingMode: "tunnel" })]),
    updated([cilium({ routingMode: "native" }), { ...chart, values: ["routingMode: native"] }]),
  ],
  "cilium-masquerade-changed": values(
    [{}, { enableIPv4Masquerade: true }],
    [{}, { bpf: { mapDynamicSizeRatio: 0.1 } }],
  ),
  "cilium-kube-proxy-replacement-changed": values(
    [{ kubeProxyReplacement: true }, {}],
    [{ kubeProxyReplacement: "true" }, { kubeProxyReplacement: true }],
  ),
  "cilium-agents-restart": [
    "helm_release",
    updated([cilium({}), cilium({ resources: { limits: { memory: "1Gi" } } })]),
    updated([karpenter, { ...karpenter, version: "1.14.2" }]),
  ],
  "cilium-config-rolled-out": values([roll, { ...roll, ...debug }], [roll, { ...roll, ...hubble }]),
  "cilium-config-changed": values([{}, debug], [roll, { ...roll, ...debug }]),
  "cilium-envoy-changed": values([{}, { envoy: { priorityClassName: "a" } }], [{}, { envoyConfig: { enabled: true } }]),
  "cilium-minor-skipped": [
    "helm_release",
    updated([chart, { ...chart, version: "1.22.0" }]),
    updated([chart, { ...chart, version: "1.19.8" }]),
  ],
  "protection-off": attribute("aws_eks_cluster", "deletion_protection", [true, false], [false, true]),
  "encryption-off": attribute(
    "aws_launch_template",
    "block_device_mappings",
    [[disk], [{ ebs: [{ encrypted: "false" }] }]],
    [[disk], []],
  ),
  "encryption-key-removed": attribute("aws_cloudwatch_log_group", "kms_key_id", ["a", ""], ["a", "b"]),
  "key-disabled": attribute("aws_kms_key", "is_enabled", [true, false], [false, true]),
  "key-rotation-off": attribute("aws_kms_key", "enable_key_rotation", [true, null], [null, false]),
  "logging-reduced": attribute(
    "aws_eks_cluster",
    "enabled_cluster_log_types",
    [["api"], []],
    [
      ["api", "audit"],
      ["audit", "api"],
    ],
  ),
  "audit-log-gone": ["aws_flow_log", destroyed(), create],
  "public-access-block-off": attribute(
    "aws_s3_bucket_public_access_block",
    "block_public_policy",
    [true, false],
    [false, true],
  ),
  "log-retention-reduced": attribute("aws_cloudwatch_log_group", "retention_in_days", [0, 365], [365, 0]),
  "private-endpoint-off": attribute(
    "aws_eks_cluster",
    "vpc_config.0.endpoint_private_access",
    [true, false],
    [false, true],
  ),
  "public-address-on": attribute(
    "aws_launch_template",
    "network_interfaces.0.associate_public_ip_address",
    ["", "true"],
    ["true", true],
  ),
  "metadata-tokens-optional": attribute(
    "aws_launch_template",
    "metadata_options.0.http_tokens",
    ["required", "optional"],
    [null, "optional"],
  ),
  "metadata-reached-by-pods": attribute(
    "aws_launch_template",
    "metadata_options.0.http_put_response_hop_limit",
    [1, 2],
    [2, 3],
  ),
};

function findings(type: string, [actions, before, after, more]: Change) {
  return dangersOf("network", changed(`${type}.a`, actions, before, after, more));
}

function found(type: string, change: Change) {
  return findings(type, change).map(({ rule }) => rule);
}

test.each(Object.entries(pairs))("%s is found in a change, and not in one that nearly is the same", (id, pair) => {
  const [type, finds, misses] = pair;

  expect(found(type, finds)).toContain(id);
  expect(found(type, misses)).not.toContain(id);
});

test("every rule has such a pair, and every pair a rule", () => {
  expect(Object.keys(pairs)).toEqual(dangerRules.map(({ id }) => id));
});

test.each([
  ["delete", "the VPC is destroyed"],
  ["delete,create", "the VPC is replaced"],
  ["create,delete", "the VPC is replaced, its successor first"],
])("of %p is said what happens", (actions, what) => {
  expect(findings("aws_vpc", [actions, {}, {}])).toMatchObject([{ what, address: "aws_vpc.a", severity: "danger" }]);
});

test.each<[string, Json, Json]>([
  ["aws_eks_node_group", { taint: null }, { taint: [] }],
  ["aws_route", { gateway_id: "" }, { gateway_id: null }],
])("in %s, %j and %j are the same", (type, before, after) => {
  expect(found(type, updated([before, after]))).toEqual([]);
});

test("to Helm, an empty value is another than none", () => {
  expect(found("helm_release", updated([cilium({}), cilium({ tolerations: [] })]))).toEqual(["cilium-agents-restart"]);
});

test("what forces a replacement is named", () => {
  const forced = { replace_paths: [["instance_types"], ["launch_template", 0, "id"], ["tags", "a.b"]] };

  expect(findings("aws_eks_node_group", ["delete,create", {}, {}, forced])).toMatchObject([
    { rule: "node-group-gone", forcedBy: ["instance_types", "launch_template[0].id", 'tags["a.b"]'] },
  ]);
});

test.each<[string, (before: Json | null, after: Json | null) => Json]>([
  ["not known yet", (_, after) => ({ after_unknown: everyMember(after) })],
  ["sensitive", (_, after) => ({ after_sensitive: everyMember(after) })],
  ["sensitive, and was so before alone,", (before) => ({ before_sensitive: everyMember(before) })],
])("what is %s is at most said to change", (_, hidden) => {
  const updates = Object.values(pairs).filter(([, [actions]]) => actions === "update");
  const all = updates.flatMap(([type, [actions, before, after]]) =>
    found(type, [actions, before, after, hidden(before, after)]),
  );
  const judged = dangerRules.filter(
    ({ id, matters }) => matters !== undefined && matters !== isAnyChange && id !== "cilium-config-changed",
  );

  expect(all).toContain("taint-changed");
  expect(all.filter((id) => judged.some((rule) => rule.id === id))).toEqual([]);
});

function everyMember(resource: Json | null): Json {
  return Object.fromEntries(Object.keys(resource ?? {}).map((name) => [name, true]));
}

test("so it is within blocks and lists", () => {
  const before = { vpc_config: [{ endpoint_private_access: true }], enabled_cluster_log_types: ["api", "audit"] };
  const after = { vpc_config: [{}], enabled_cluster_log_types: ["api"] };
  const after_unknown = { vpc_config: [{ endpoint_private_access: true }], enabled_cluster_log_types: [false, true] };

  expect(found("aws_eks_cluster", ["update", before, after, { after_unknown }])).toEqual([]);
});

test.each([
  ["not known yet", { after_unknown: { values: true } }],
  ["sensitive", { after_sensitive: { values: true } }],
  ["sensitive in one of several", { after_sensitive: { values: [false, true] } }],
])("Helm's values that are %s give a caution, and no danger", (_, hidden) => {
  const [before, after] = ["eni", "kubernetes"].map((mode) => ({
    ...chart,
    values: ["a: 1", `ipam: { mode: ${mode} }`],
  }));

  expect(findings("helm_release", ["update", before ?? {}, after ?? {}, hidden])).toMatchObject([
    { rule: "cilium-config-changed", severity: "caution" },
  ]);
});

test("what Kustomize reads no more is pruned too", () => {
  const [before, after] = [file("resources: [a.yaml, b.yaml]"), file("# Why\n---\nresources: [b.yaml]")];

  expect(found("github_repository_file", updated([before, after]))).toEqual(["object-dropped"]);
  expect(found("github_repository_file", updated([after, before]))).toEqual([]);
});

test.each([
  ["what is no YAML any more", file('{ "kind": "A" }'), file("kind: [")],
  ["what is for people", file("kind: A", "notes.txt"), file("", "notes.txt")],
])("of %s nothing is said to be pruned", (_, before, after) => {
  expect(found("github_repository_file", updated([before, after]))).toEqual([]);
});
