import { countWords } from "../../../operations/review/formats/verdict-wording";
import { inOrderOfApply } from "../../../operations/review/order";
import { report as schema } from "../../../operations/review/report/report";
import { review } from "../../../operations/review/review";
import { readPlan } from "../../../operations/terraform/plan/read";
import type { PlanningProblem } from "../../../operations/terraform/planning-result";
import { change, planText } from "../../support/plan";

const options = { silences: [], today: "2026-11-23" };

function reviewOf(parts: Parameters<typeof planText>[0]) {
  return review([readPlan("network", planText(parts))], [], options);
}

/** A review of resources that change. */
function changesOf(...resource_changes: ReturnType<typeof change>[]) {
  return reviewOf({ resource_changes });
}

test("the verdict counts what happens to resources as Terraform does", () => {
  const [verdict] = changesOf(
    change("a.created", "create", null, {}),
    change("a.beside", "forget,create", {}, {}),
    change("a.updated", "update", { b: 1 }, { b: 2 }),
    change("a.replaced", "delete,create", {}, {}),
    change("a.replaced_first", "create,delete", {}, {}),
    change("a.deleted", "delete", {}, null),
    change("a.deleted", "delete", {}, null, { deposed: "deadbeef" }),
    change("a.moved", "no-op", {}, {}, { previous_address: "a.old" }),
    change("a.imported", "update", { b: 1 }, { b: 2 }, { importing: { id: "x" } }),
    change("a.left", "forget", {}, null),
    change("a.same", "no-op", {}, {}),
    change("data.a.read", "read", null, {}),
  ).stacks;

  expect(verdict?.counts).toEqual({ add: 2, change: 2, replace: 2, destroy: 2, import: 1, move: 1, forget: 1 });
});

test("a stack that reads outputs which change waits for them, and does not say that there is nothing to do", () => {
  const output_changes = { vpc_id: { actions: ["update"], before: "a", after: "b" } };
  const configuration = { root_module: { resources: [{ type: "terraform_remote_state", name: "network" }] } };
  const plans = [
    readPlan("a-network", planText({ output_changes })),
    readPlan("a-cluster", planText({ configuration })),
    readPlan("other", planText()),
  ];

  const { stacks } = review(plans, [], options);

  expect(stacks.map(({ stack, waitsFor }) => [stack, waitsFor])).toEqual([
    ["a-network", []],
    ["a-cluster", ["a-network"]],
    ["other", []],
  ]);
  expect(stacks.map(countWords)).toEqual(["1 output", "nothing to do yet", "nothing to do"]);
});

test("what neither changes nor moves is in no section", () => {
  expect(changesOf(change("aws_vpc.main", "no-op", {}, {}))).toMatchObject({
    dangers: [],
    access: [],
    changes: [],
    noise: [],
  });
});

test.each([{ importing: { id: "a" } }, { previous_address: "aws_vpc.old" }])(
  "what stays but for %j is told",
  (more) => {
    const { changes } = changesOf(change("aws_vpc.main", "no-op", { a: 1 }, { a: 1 }, more));

    expect(changes[0]?.constructs[0]?.changes).toMatchObject([{ address: "aws_vpc.main", action: "no-op", parts: [] }]);
  },
);

test("the worst of a stack is its first danger, or else what is less than one", () => {
  const caution = change("aws_cloudwatch_log_group.a", "update", { retention_in_days: 30 }, { retention_in_days: 7 });
  const danger = change("aws_vpc.main", "delete", {}, null);
  const worst = (report: ReturnType<typeof review>) => report.stacks[0]?.worst;

  expect(worst(changesOf(caution))).toContain("aws_cloudwatch_log_group.a");
  expect(worst(changesOf(caution, danger))).toContain("aws_vpc.main");
  expect(worst(changesOf(change("aws_vpc.main", "create", null, {})))).toBeUndefined();
});

test("access that narrows is told, and is never the worst", () => {
  const cidrs = (...public_access_cidrs: string[]) => ({
    vpc_config: [{ endpoint_public_access: true, public_access_cidrs }],
  });
  const { access, stacks } = changesOf(
    change("aws_eks_cluster.main", "update", cidrs("192.0.2.0/24", "198.51.100.0/24"), cidrs("192.0.2.0/24")),
  );

  expect(access).toMatchObject([{ direction: "narrower" }]);
  expect(stacks[0]?.worst).toBeUndefined();
});

test("the gravest come first, whatever their order in the plan", () => {
  const { dangers } = changesOf(
    change("aws_cloudwatch_log_group.a", "update", { retention_in_days: 30 }, { retention_in_days: 7 }),
    change("aws_vpc.main", "delete", {}, null),
  );

  expect(dangers.map(({ severity }) => severity)).toEqual(["danger", "caution"]);
});

test("of one address, the object that an earlier apply left is told from the current one", () => {
  const { changes, dangers } = changesOf(
    change("aws_vpc.main", "update", { a: 1 }, { a: 2 }),
    change("aws_vpc.main", "delete", { a: 1 }, null, { deposed: "deadbeef" }),
  );

  expect(changes[0]?.constructs[0]?.changes.map(({ action, deposed }) => [action, deposed])).toEqual([
    ["update", undefined],
    ["delete", "deadbeef"],
  ]);
  expect(dangers).toEqual([]);
});

test("changes are grouped by construct, which is a module or the first word of a name", () => {
  const addresses = [
    "aws_vpc.network",
    "module.a[0].aws_vpc.x",
    "aws_subnet.private_a",
    "aws_route.private_b",
    "module.a[0].aws_vpc.y",
  ];
  const { changes } = changesOf(...addresses.map((address) => change(address, "create", null, {})));

  expect(changes[0]?.constructs.map(({ name, changes: all }) => [name, all.length])).toEqual([
    ["network", 1],
    ["module.a[0]", 2],
    ["private", 2],
  ]);
});

test.each([
  [
    "what is read at the apply",
    change("data.aws_vpc.main", "read", null, {}, { action_reason: "read_because_config_unknown" }),
    /known after apply/,
  ],
  ["an update of nothing", change("aws_vpc.main", "update", { a: 1 }, { a: 1 }), /nothing in it differs/],
  [
    "an update of what JavaScript cannot tell apart",
    change("aws_vpc.main", "update", { a: 2 ** 53 }, { a: 2 ** 53 }),
    /nothing in it differs/,
  ],
  [
    "a set in another order",
    change("aws_vpc.main", "update", { subnet_ids: ["a", "b"] }, { subnet_ids: ["b", "a"] }),
    /another order/,
  ],
])("%s is noise", (_, resource, why) => {
  const { changes, noise } = changesOf(resource);

  expect(changes).toEqual([]);
  expect(noise).toMatchObject([{ stack: "network", address: resource["address"], why: expect.stringMatching(why) }]);
});

test("noise within a change is told beside it", () => {
  const { changes, noise } = changesOf(change("aws_vpc.main", "update", { a: 1, b: null }, { a: 2, b: [] }));

  expect(changes).toHaveLength(1);
  expect(noise).toMatchObject([{ address: "aws_vpc.main", path: "b" }]);
});

test("outputs that change are counted and shown; one in which nothing can be seen to differ is noise", () => {
  const secret = { before_sensitive: true, after_sensitive: true };
  const { stacks, changes, noise } = reviewOf({
    output_changes: {
      same: { actions: ["no-op"], before: 1, after: 1 },
      changed: { actions: ["update"], before: 1, after: 2 },
      rotated: { actions: ["update"], before: "a", after: "b", ...secret },
      shown: { actions: ["update"], before: "a", after: "a", ...secret, after_sensitive: false },
    },
  });

  expect(stacks[0]?.outputs).toBe(3);
  expect(changes[0]?.outputs.map(({ title }) => title)).toEqual(["changed", "rotated"]);
  expect(noise).toMatchObject([{ address: "output.shown" }]);
});

test.each([
  [{ errored: true, complete: false }, /error/],
  [{ complete: false }, /-target/],
  [{ complete: false, deferred_changes: [{ resource_change: { address: "a.b" } }] }, /later plan/],
])("a plan that is not all says why: %j", (parts, what) => {
  expect(reviewOf(parts).stacks[0]?.problem).toEqual({ kind: "incomplete", what: expect.stringMatching(what) });
});

const unplanned: PlanningProblem = {
  stack: "cluster",
  kind: "blocked",
  what: "'network' was never applied",
  next: "apply network",
};

test("a stack that could not be planned is listed with the command to run, and the others are reviewed", () => {
  const network = readPlan("network", planText({ resource_changes: [change("a.b", "create", null, {})] }));
  const { stacks, changes } = review([network], [unplanned], options);

  expect(stacks).toMatchObject([
    { stack: "network", counts: { add: 1 } },
    { stack: "cluster", problem: { kind: "blocked", what: "'network' was never applied", next: "apply network" } },
  ]);
  expect(changes.map(({ stack }) => stack)).toEqual(["network"]);
});

test("everything that a report may hold is as its schema says", () => {
  const report = review(
    [
      readPlan(
        "network",
        planText({
          ...{ complete: false, errored: true, action_invocations: [{ address: "action.a.b" }] },
          checks: [{ address: { to_display: "check.a" }, status: "fail" }],
          deferred_changes: [{ resource_change: { address: "a.c" } }],
          output_changes: { o: { actions: ["create"], before: null, after_unknown: true } },
          relevant_attributes: [{ resource: "aws_vpc.main", attribute: ["cidr_block"] }],
          resource_changes: [
            change(
              "aws_vpc.main",
              "create,delete",
              { id: "a" },
              {},
              { replace_paths: [["id"]], after_unknown: { id: true } },
            ),
            change("data.aws_vpc.main", "read", null, {}),
          ],
          resource_drift: [change("aws_vpc.main", "update", { id: "a" }, { id: "b" })],
        }),
      ),
    ],
    [unplanned],
    options,
  );

  expect(schema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test.each([
  ["as they were given, if none reads another", "b a", "b a"],
  ["after those that they read", "c:b b:a a", "a b c"],
  ["by the last words of a name", "k8s-b:c k8s-c:n k8s-n", "k8s-n k8s-c k8s-b"],
  ["whatever they read that is not there, or their own", "b:x:b a", "b a"],
  ["in any order, if they read each other", "a:b b:a", "a b"],
])("stacks are applied %s", (_, given, order) => {
  const stacks = given.split(" ").map((words) => {
    const [stack = "", ...reads] = words.split(":");
    return { stack, reads };
  });

  expect(inOrderOfApply(stacks).map(({ stack }) => stack)).toEqual(order.split(" "));
});

test("what is put off, and what a provider is asked to do, is judged and shown, and not counted as done", () => {
  const cluster = change("aws_eks_cluster.a", "delete,create", { name: "a" }, { name: "a" });
  const { stacks, dangers, changes } = reviewOf({
    complete: false,
    deferred_changes: [{ reason: "provider_config_unknown", resource_change: cluster }],
    action_invocations: [{ address: "action.aws_lambda_invoke.a", config_values: { function_name: "f" } }],
  });
  const shown = changes.flatMap(({ constructs }) => constructs).flatMap((construct) => construct.changes);

  expect(dangers.map(({ rule }) => rule)).toEqual(["cluster-gone", "action-invoked"]);
  expect(stacks[0]?.counts.replace).toBe(0);
  expect(shown).toMatchObject([
    { address: "aws_eks_cluster.a", notes: ["put off to a later plan: how its provider is set up is not known yet"] },
    { address: "action.aws_lambda_invoke.a", action: "invoke", parts: [{ lines: [{ text: "function_name: f" }] }] },
  ]);
});

test("an output that is not sensitive any more is a finding; one that goes is none", () => {
  const { dangers } = reviewOf({
    output_changes: {
      token: { actions: ["update"], before: "a", after: "a", before_sensitive: true, after_sensitive: false },
      gone: { actions: ["delete"], before: "a", after: null, before_sensitive: true, after_sensitive: false },
      kept: { actions: ["update"], before: "a", after: "b", before_sensitive: true, after_sensitive: true },
    },
  });

  expect(dangers.map(({ rule, address }) => `${rule} ${address}`)).toEqual(["mark-lost output.token"]);
});

test("a lost mark is no noise, and neither is an object that is left behind", () => {
  const lost = change(
    "aws_x.a",
    "update",
    { password: "a" },
    { password: "a" },
    { before_sensitive: { password: true } },
  );
  const left = change("aws_x.b", "create,forget", { id: "a" }, { id: "b" });
  const report = changesOf(lost, left);

  expect(report.noise).toEqual([]);
  expect(report.dangers.map(({ rule }) => rule)).toEqual(["left-behind", "mark-lost"]);
  expect(JSON.stringify(report.changes)).toContain("not sensitive any more: password");
  expect(JSON.stringify(report.changes)).toContain("the object before it leaves the state and stays where it is");
});

test("a plan that failed makes up no Helm release that comes or is gone", () => {
  const release = { name: "cilium", chart: "cilium" };
  const parts = {
    resource_changes: [change("helm_release.cilium", "create", null, release)],
    resource_drift: [change("helm_release.cilium", "delete", release, null)],
  };
  const of = (errored: boolean) => reviewOf({ ...parts, errored });

  expect([of(false).changes.length, of(false).drift.length]).toEqual([1, 1]);
  expect([of(true).changes.length, of(true).drift.length, of(true).stacks[0]?.counts.add]).toEqual([0, 0, 0]);
});

test("what is destroyed and no rule knows is a caution, but not what is access alone: what is lost by that is told as access", () => {
  const Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const gone = change("aws_sagemaker_domain.a", "delete", {}, null);
  const policy = change("aws_iam_role_policy.a", "delete", { role: "a", policy: JSON.stringify({ Statement }) }, null);
  const backup = change("aws_efs_backup_policy.a", "delete", { file_system_id: "fs-1" }, null);
  const template = change("aws_launch_template.a", "create,delete", { name_prefix: "a-" }, { name_prefix: "b-" });
  const { dangers, access } = changesOf(gone, policy, backup, template);

  expect(dangers.map(({ rule, address }) => `${rule} ${address}`).sort()).toEqual([
    "resource-gone aws_efs_backup_policy.a",
    "resource-gone aws_sagemaker_domain.a",
  ]);
  expect(access).toMatchObject([{ address: "aws_iam_role_policy.a", direction: "lost" }]);
});

test("rights that another role gets have not moved from the role that has them no more", () => {
  const allowed = (Action: string) => JSON.stringify({ Statement: { Effect: "Allow", Action, Resource: "*" } });
  const given = change(
    "aws_iam_role_policy.a",
    "update",
    { role: "b", policy: allowed("s3:GetObject") },
    { role: "b", policy: allowed("*") },
  );
  const moved = change(
    "aws_iam_role_policy.b",
    "delete,create",
    { role: "a", policy: allowed("*") },
    { role: "b", policy: allowed("s3:GetObject") },
  );

  expect(changesOf(given, moved).access).toContainEqual(
    expect.objectContaining({ address: "aws_iam_role_policy.a", direction: "wider", severity: "danger" }),
  );
});

test("an object of Flux's that moves to where Flux does not look is gone", () => {
  const content = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: b\n";
  const file = (name: string, path: string, action: string) => {
    const side = { file: path, content };
    return action === "delete"
      ? change(`github_repository_file.${name}`, "delete", side, null)
      : change(`github_repository_file.${name}`, "create", null, side);
  };
  const rules = (to: string) =>
    changesOf(file("a", "clusters/c/a.yaml", "delete"), file("b", to, "create")).dangers.map(({ rule }) => rule);

  expect(rules("clusters/c/b.yaml")).not.toContain("file-deleted");
  expect(rules("docs/a.yaml")).toContain("file-deleted");
});

test("a heading holds all the words that its changes begin with", () => {
  const { changes } = changesOf(
    change("aws_cloudwatch_log_group.control_plane_logs", "create", null, {}),
    change("aws_iam_role.control_plane_role", "create", null, {}),
    change("aws_flow_log.flow_logs", "create", null, {}),
  );

  expect(changes[0]?.constructs.map(({ name }) => name)).toEqual(["control_plane", "flow_logs"]);
});
