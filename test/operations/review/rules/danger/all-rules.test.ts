import { dangerRules } from "../../../../../operations/review/rules/danger/all-rules";
import { dangersOf } from "../../../../../operations/review/rules/danger/findings";
import { isAnyChange } from "../../../../../operations/review/rules/danger/rule";
import { clusterVersions, judgedChanges } from "../../../../../operations/review/rules/judged-changes";
import { stateOwnerAddress } from "../../../../../platform/state-owner";
import { change, changed, plan } from "../../../../support/plan";

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
const size = (min_size: number, desired_size: number) => ({
  scaling_config: [{ min_size, desired_size, max_size: 4 }],
});
const roll = { rollOutCiliumPods: true };
const nodeSpec = (members: Json) => ({ eni: { nodeSpec: members } });
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
  "secrets-key-changed": attribute(
    "aws_eks_cluster",
    "encryption_config.0.provider.0.key_arn",
    ["arn:one", "arn:other"],
    ["arn:one", "arn:one"],
  ),
  "state-owner-changed": ["terraform_data", ["delete,create", {}, {}, { address: stateOwnerAddress }], replaced],
  "cluster-gone": ["aws_eks_cluster", replaced, ["delete", {}, null, { mode: "data" }]],
  "role-gone": ["aws_iam_role", replaced, tagged],
  "access-entry-gone": ["aws_eks_access_entry", destroyed(), create],
  "repository-gone": ["github_repository", destroyed({ archive_on_destroy: true }), moved],
  "namespace-gone": ["kubernetes_manifest", sort("CustomResourceDefinition"), sort("ConfigMap")],
  "data-gone": ["aws_s3_bucket", destroyed(), tagged],
  "node-group-gone": ["aws_eks_node_group", replaced, successorFirst],
  "release-gone": ["aws_eks_addon", destroyed({ preserve: null }), destroyed({ preserve: true })],
  "file-deleted": ["github_repository_file", destroyed(file("")), destroyed(file("", "clusters/demo/README.md"))],
  "object-dropped": objects(
    [[object("A", {}), object("B", {})], [object("B", {})]],
    [[object("A", {})], [object("B", {}), object("A", {})]],
  ),
  "flux-path-changed": objects(
    [flux({ path: "./old" }), flux({ path: "./new" })],
    [flux({ path: "./a" }), [...flux({ path: "./a" }), object("Kustomization", { path: "./b" }, "b")]],
  ),
  "chart-source-changed": [
    "helm_release",
    updated([
      { chart: "a", repository: "https://a.example/charts" },
      { chart: "a", repository: "https://b.example" },
    ]),
    updated([
      { chart: "a", repository: "https://a.example" },
      { chart: "oci://mirror.example/a", repository: null },
    ]),
  ],
  "flux-guard-off": objects(
    [flux({ serviceAccountName: "team" }), flux({})],
    [flux({}), flux({ serviceAccountName: "team" })],
  ),
  "flux-switched": objects([flux({}), flux({ suspend: true })], [flux({}), flux({ suspend: false })]),
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
  "node-group-emptied": ["aws_eks_node_group", updated([size(3, 3), size(0, 0)]), updated([size(3, 3), size(1, 1)])],
  "node-group-refused": ["aws_eks_node_group", updated([size(1, 2), size(3, 2)]), updated([size(1, 2), size(2, 2)])],
  "karpenter-nodes-changed": objects(
    [pool(key("a", "b")), pool(key("a"))],
    [pool(key("a")), pool(key("a"), { cpu: 10 })],
  ),
  "minor-skipped": attribute("aws_eks_cluster", "version", ["1.34", "1.36"], ["1.9", "1.10"]),
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
  "cilium-subnets-changed": values(
    [nodeSpec({ subnetTags: ["PodSubnetOf=demo"] }), {}],
    [nodeSpec({ deleteOnTermination: true }), {}],
  ),
  "cilium-first-interface-left": values(
    [{}, nodeSpec({ firstInterfaceIndex: 1 })],
    [nodeSpec({ firstInterfaceIndex: 1 }), nodeSpec({ firstInterfaceIndex: 0 })],
  ),
  "cilium-pods-cut-off": [
    "helm_release",
    updated([cilium({}), { ...cilium(nodeSpec({ firstInterfaceIndex: 1 })), version: "1.20.3" }]),
    updated([cilium({}), cilium(nodeSpec({ firstInterfaceIndex: 1 }))]),
  ],
  "cilium-masquerade-changed": values(
    [{}, { enableIPv4Masquerade: true }],
    [{}, { bpf: { mapDynamicSizeRatio: 0.1 } }],
  ),
  "cilium-kube-proxy-replacement-changed": values(
    [{ kubeProxyReplacement: true }, {}],
    [{ kubeProxyReplacement: "true" }, { kubeProxyReplacement: true }],
  ),
  "cilium-policies-off": values(
    [{}, { policyAuditMode: true }],
    [{ policyEnforcementMode: "never" }, { policyEnforcementMode: "always" }],
  ),
  "cilium-agents-restart": [
    "helm_release",
    updated([cilium({}), cilium({ resources: { limits: { memory: "1Gi" } } })]),
    updated([karpenter, { ...karpenter, version: "1.14.2" }]),
  ],
  "cilium-config-rolled-out": values([roll, { ...roll, ...debug }], [roll, { ...roll, ...hubble }]),
  "cilium-config-changed": values([{}, debug], [roll, { ...roll, ...debug }]),
  "cilium-envoy-changed": values([{}, { envoy: { priorityClassName: "a" } }], [{}, { envoyConfig: { enabled: true } }]),
  "protection-off": attribute("aws_eks_cluster", "deletion_protection", [true, false], [false, true]),
  "encryption-off": attribute(
    "aws_launch_template",
    "block_device_mappings",
    [[disk], [{ ebs: [{ encrypted: "false" }] }]],
    [[disk], []],
  ),
  "key-disabled": attribute("aws_kms_key", "is_enabled", [true, false], [false, true]),
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
  "dns-off": attribute("aws_vpc", "enable_dns_support", [true, false], [false, true]),
  "metadata-open": attribute(
    "aws_launch_template",
    "metadata_options.0.http_tokens",
    ["required", "optional"],
    [null, "optional"],
  ),
  "left-behind": ["aws_db_instance", ["create,forget", {}, {}], create],
  "mark-lost": [
    "aws_db_instance",
    ["update", { password: "a" }, { password: "a" }, { before_sensitive: { password: true }, after_sensitive: {} }],
    ["update", { password: "a" }, { password: null }, { before_sensitive: { password: true }, after_sensitive: {} }],
  ],
  "resource-gone": ["aws_sagemaker_domain", replaced, deposed],
};

function findings(type: string, [actions, before, after, more]: Change) {
  return judgedChanges([changed(`${type}.a`, actions, before, after, more)]).flatMap((one) =>
    dangersOf("network", one),
  );
}

function found(type: string, change: Change) {
  return findings(type, change).map(({ rule }) => rule);
}

test.each(Object.entries(pairs))("%s is found in a change, and not in one that nearly is the same", (id, pair) => {
  const [type, finds, misses] = pair;

  expect(found(type, finds)).toContain(id);
  expect(found(type, misses)).not.toContain(id);
});

test("the owner of a state holds nothing that is lost when it goes, and nothing is said of it when it comes", () => {
  const owner = { address: stateOwnerAddress };

  expect(found("terraform_data", ["delete", {}, null, owner])).toEqual([]);
  expect(found("terraform_data", ["create", null, {}, owner])).toEqual([]);
  expect(found("terraform_data", ["delete,create", {}, {}, owner])).toEqual(["state-owner-changed"]);
  expect(found("terraform_data", replaced)).toEqual(["resource-gone"]);
});

test("every rule has such a pair, and every pair a rule", () => {
  // What providers are asked to do is no resource, and has a test of its own.
  const ids = dangerRules.map(({ id }) => id).filter((id) => id !== "action-invoked");

  expect(Object.keys(pairs).sort()).toEqual(ids.sort());
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

function foundIn(...resource_changes: readonly unknown[]): string[] {
  const { changes } = plan({ resource_changes });
  return judgedChanges(changes, clusterVersions(changes))
    .flatMap((one) => dangersOf("network", one))
    .map(({ rule }) => rule);
}

describe("what moves within the repository", () => {
  const account = { kind: "ServiceAccount", metadata: { name: "a" } };
  const other = { kind: "ConfigMap", metadata: { name: "b" } };
  const path = "github_repository_file";

  test("is lost nowhere: a file that is renamed, or an object in another file", () => {
    const [one, both] = [manifest([account]), manifest([account, other])];
    const moved = { ...one, file: "clusters/demo/moved.yaml" };

    expect(foundIn(change(`${path}.a`, "delete", one, null), change(`${path}.b`, "create", null, moved))).toEqual([]);
    expect(
      foundIn(change(`${path}.a`, "update", both, manifest([other])), change(`${path}.b`, "create", null, moved)),
    ).toEqual([]);
    expect(foundIn(change(`${path}.a`, "delete", both, null), change(`${path}.b`, "create", null, moved))).toEqual([
      "file-deleted",
    ]);
  });

  test("leaves Kustomize's own file naming the new one", () => {
    const named = (name: string) => file(`resources: [${name}]`, "apps/kustomization.yaml");
    const content = JSON.stringify(account);

    expect(
      foundIn(
        change(`${path}.k`, "update", named("a.yaml"), named("b.yaml")),
        change(`${path}.a`, "delete", file(content, "apps/a.yaml"), null),
        change(`${path}.b`, "create", null, file(content, "apps/b.yaml")),
      ),
    ).toEqual([]);
  });
});

test.each<[string, Pair[1]]>([
  ["./a and a are one path", updated([file("resources: [./a.yaml]"), file("resources: [a.yaml]")])],
  [
    "an object in a list is the object",
    updated([manifest([object("A", {})]), manifest([{ kind: "List", items: [object("A", {})] }])]),
  ],
  [
    "Flux's path may begin with a dot",
    updated([manifest(flux({ path: "./apps" })), manifest(flux({ path: "apps/" }))]),
  ],
  ["requirements have no order", updated([manifest(pool(key("a", "b"))), manifest(pool(key("b", "a")))])],
  ["no Flux looks into hidden folders", destroyed(file("on: push", ".github/workflows/ci.yml"))],
  ["a licence is for people", destroyed(file("MIT", "LICENSE"))],
])("it is no alarm that %s", (_, harmless) => {
  expect(found("github_repository_file", harmless)).toEqual([]);
});

test("taints have no order", () => {
  const taint = ["a", "b"].map((key) => ({ key, effect: "NO_SCHEDULE" }));

  expect(found("aws_eks_node_group", updated([{ taint }, { taint: taint.toReversed() }]))).toEqual([]);
});

test.each<[string, Json, Json]>([
  ["a value that changes the agents' pods", {}, { resources: { limits: { memory: "1Gi" } } }],
  ["agents that follow their configuration", roll, roll],
])("pods lose the first interface of their node at once by %s", (_, had, has) => {
  const [before, after] = [cilium(had), cilium({ ...has, ...nodeSpec({ firstInterfaceIndex: 1 }) })];

  expect(found("helm_release", updated([before, after]))).toContain("cilium-pods-cut-off");
});

test("a chart from a mirror restarts nothing", () => {
  const mirrored = { ...cilium({}), chart: "oci://mirror.example/cilium/cilium", repository: null };

  expect(found("helm_release", updated([{ ...cilium({}), repository: "https://helm.cilium.io" }, mirrored]))).toEqual(
    [],
  );
});

test("a node group's version is none that its cluster does not have yet", () => {
  const group = (version: string) => ({ cluster_name: "demo", version });
  const cluster = (before: string, after: string) =>
    change(
      "aws_eks_cluster.a",
      before === after ? "no-op" : "update",
      { name: "demo", version: before },
      { name: "demo", version: after },
    );
  const nodes = change("aws_eks_node_group.a", "update", group("1.35"), group("1.36"));

  expect(foundIn(nodes, cluster("1.35", "1.35"))).toContain("node-group-refused");
  expect(foundIn(nodes, cluster("1.35", "1.36"))).not.toContain("node-group-refused");
});

test("a finding says what changed, from what to what", () => {
  expect(findings("aws_vpc", updated([{ enable_dns_support: true }, { enable_dns_support: false }]))).toMatchObject([
    { rule: "dns-off", evidence: ["enable_dns_support: true → false"] },
  ]);
});

test.each<[string, Change, string]>([
  ["aws_route", updated([{ gateway_id: null }, { gateway_id: "igw-1" }]), "public-address-on"],
  [
    "aws_route_table",
    updated([{ route: [{ gateway_id: "nat-1" }] }, { route: [{ gateway_id: "igw-1" }] }]),
    "public-address-on",
  ],
  [
    "aws_route",
    ["create", null, { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }],
    "public-address-on",
  ],
  ["aws_kms_key", updated([{ enable_key_rotation: true }, { enable_key_rotation: null }]), "key-disabled"],
  [
    "aws_launch_template",
    updated([
      { metadata_options: [{ http_put_response_hop_limit: 1 }] },
      { metadata_options: [{ http_put_response_hop_limit: 2 }] },
    ]),
    "metadata-open",
  ],
  ["aws_cloudwatch_log_group", updated([{ kms_key_id: "a" }, { kms_key_id: "" }]), "encryption-off"],
  ["helm_release", updated([cilium({ encryption: { enabled: true } }), cilium({})]), "encryption-off"],
  ["aws_eks_node_group", updated([{}, { update_config: [{ max_unavailable_percentage: 100 }] }]), "node-group-emptied"],
  [
    "github_repository_file",
    updated([manifest([object("EC2NodeClass", { role: "a" })]), manifest([object("EC2NodeClass", { role: "b" })])]),
    "nodes-rolled",
  ],
  [
    "kubernetes_config_map_v1",
    updated([{ data: { karpenter_node_tags: "{}" } }, { data: { karpenter_node_tags: '{"Team":"web"}' } }]),
    "nodes-rolled",
  ],
  ["helm_release", updated([chart, { ...chart, version: "1.22.0" }]), "minor-skipped"],
  ["aws_rds_cluster", updated([{ backup_retention_period: 7 }, { backup_retention_period: 0 }]), "protection-off"],
  [
    "aws_s3_bucket_versioning",
    updated([
      { versioning_configuration: [{ status: "Enabled" }] },
      { versioning_configuration: [{ status: "Suspended" }] },
    ]),
    "protection-off",
  ],
  ["aws_cloudtrail", updated([{ enable_logging: true }, { enable_logging: false }]), "logging-reduced"],
  [
    "github_repository_file",
    updated([
      manifest([object("GitRepository", { verify: { mode: "HEAD" } })]),
      manifest([object("GitRepository", {})]),
    ]),
    "flux-guard-off",
  ],
  [
    "github_repository_file",
    updated([manifest(flux({ prune: true })), manifest(flux({ prune: false }))]),
    "flux-switched",
  ],
  ["aws_sqs_queue", destroyed(), "data-gone"],
  ["aws_cloudwatch_log_group", destroyed(), "data-gone"],
  ["kubernetes_namespace_v1", destroyed(), "namespace-gone"],
  ["github_repository_deploy_key", destroyed(), "repository-gone"],
  ["aws_iam_openid_connect_provider", destroyed(), "role-gone"],
])("a change of %s: %j is found by %s", (type, change_, rule) => {
  expect(found(type, change_)).toContain(rule);
});

test.each<[string, Change]>([
  ["aws_route", ["create", null, { destination_cidr_block: "0.0.0.0/0", gateway_id: "igw-1" }]],
  ["aws_route_table", updated([{ route: [] }, { route: [{ gateway_id: "igw-1" }] }])],
  ["aws_db_instance", ["create", null, { publicly_accessible: true }]],
])("a change of %s: %j opens nothing that is there", (type, change_) => {
  expect(found(type, change_)).not.toContain("public-address-on");
});
