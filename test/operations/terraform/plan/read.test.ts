import type { ResourceChange } from "../../../../operations/terraform/plan/plan";
import { readPlan } from "../../../../operations/terraform/plan/read";
import { Sensitive } from "../../../../operations/terraform/plan/value";
import { change, changed, plan, planText } from "../../../support/plan";

const hidden = new Sensitive(false);
const hiddenChange = new Sensitive(true);

test.each([
  ["no-op", "no-op"],
  ["create", "create"],
  ["read", "read"],
  ["update", "update"],
  ["delete", "delete"],
  ["forget", "forget"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
])("'%s' is read as %s", (actions, action) => {
  expect(changed("aws_vpc.main", actions, {}, {})).toMatchObject({
    action,
    createBeforeDestroy: actions === "create,delete",
  });
});

test.each(["forget,create", "create,forget"])(
  "%s destroys nothing: something new stands beside what is left",
  (actions) => {
    expect(changed("aws_vpc.main", actions, { id: "vpc-1" }, {}).action).toBe("create");
  },
);

test("an ephemeral resource, open for the time of a run, is no change", () => {
  const opened = change("aws_secret.login", "open", null, null, { mode: "ephemeral" });

  expect(plan({ resource_changes: [opened] }).changes).toEqual([]);
});

test.each<[string, string, Partial<ResourceChange>]>([
  ["in the root module", "aws_vpc.main", { type: "aws_vpc", name: "main", module: "" }],
  ["counted", "aws_vpc.main[1]", { name: "main" }],
  ["of each key", 'aws_vpc.main["a.b"]', { name: "main" }],
  ["in nested modules", 'module.a.module.b["x.y"].aws_vpc.main[0]', { module: 'module.a.module.b["x.y"]' }],
  ["a data source", "data.aws_vpc.main", { mode: "data", type: "aws_vpc" }],
])("an address is kept as it is: %s", (_, address, more) => {
  expect(changed(address, "update", {}, {})).toMatchObject({ address, ...more });
});

test("what is planned of a resource besides its values is kept", () => {
  const more = {
    previous_address: "aws_vpc.old",
    action_reason: "replace_because_cannot_update",
    replace_paths: [["cidr_block"], ["tags", "a.b", 0]],
  };

  expect(changed("aws_vpc.main", "delete,create", {}, {}, more)).toMatchObject({
    previousAddress: "aws_vpc.old",
    reason: "replace_because_cannot_update",
    replacePaths: [["cidr_block"], ["tags", "a.b", 0]],
    importing: undefined,
  });
});

test("an object that an earlier apply left is told from the current one of the same address", () => {
  const current = change("aws_vpc.main", "update", {}, {});
  const left = change("aws_vpc.main", "delete", {}, null, { deposed: "deadbeef" });

  expect(plan({ resource_changes: [current, left] }).changes.map(({ deposed }) => deposed)).toEqual([
    undefined,
    "deadbeef",
  ]);
});

test.each([
  [{ id: "vpc-1" }, "vpc-1"],
  [{ identity: { region: "eu-central-1", id: "vpc-1", index: 2 } }, "region=eu-central-1, id=vpc-1, index=2"],
  [{ unknown: true }, ""],
  [{}, ""],
])("an import by %j is one, even of what does not change", (importing, id) => {
  expect(changed("aws_vpc.main", "no-op", {}, {}, { importing })).toMatchObject({ action: "no-op", importing: id });
});

test.each([
  [
    "is deleted",
    { actions: ["delete"], before: "hush", after: null, before_sensitive: true, after_sensitive: true },
    [hidden, null],
  ],
  [
    "is to be public",
    { actions: ["update"], before: "hush", after: "hush", before_sensitive: true, after_sensitive: false },
    [hidden, hidden],
  ],
  [
    "is to be known",
    { actions: ["update"], before: "hush", after_unknown: true, before_sensitive: true, after_sensitive: true },
    [hidden, hiddenChange],
  ],
])("a sensitive output that %s is not shown", (what, output, [before, after]) => {
  expect(plan({ output_changes: { o: output } }).outputs).toEqual([
    { name: "o", action: output.actions[0], before, after, isUnmarked: what === "is to be public" },
  ]);
});

test.each([
  [{ complete: true }, undefined],
  [{}, undefined],
  [{ complete: false }, "targeted"],
  [
    {
      complete: false,
      deferred_changes: [{ reason: "provider_config_unknown", resource_change: { address: "aws_vpc.main[*]" } }],
    },
    "deferred",
  ],
  [{ complete: false, errored: true }, "errored"],
])("%j: is it all of the plan?", (parts, incomplete) => {
  expect(plan(parts).incomplete).toBe(incomplete);
});

test("what is put off and what providers are to do is listed by address", () => {
  const deferred_changes = [{ reason: "unknown", resource_change: { address: "aws_vpc.main[*]", change: {} } }];
  const action_invocations = [{ address: "action.aws_lambda_invoke.warm_up", invoke_action_trigger: {} }];

  expect(plan({ complete: false, deferred_changes, action_invocations })).toMatchObject({
    changes: [],
    deferred: [{ address: "aws_vpc.main[*]", deferredBecause: "unknown" }],
    invocations: [{ address: "action.aws_lambda_invoke.warm_up", trigger: undefined }],
  });
});

test("checks that failed are kept, instance by instance; what passed or is not known yet is not", () => {
  const address = { to_display: "check.a" };
  const instance = (n: number, status: string, ...problems: string[]) => ({
    address: { to_display: `aws_vpc.main[${n}]` },
    status,
    problems: problems.map((message) => ({ message })),
  });

  expect(
    plan({
      checks: [
        { address, status: "error" },
        { address, status: "pass", instances: [] },
        {
          address,
          status: "fail",
          instances: [
            instance(0, "fail", "too small", "too far"),
            instance(1, "pass"),
            instance(2, "unknown"),
            instance(3, "fail"),
          ],
        },
      ],
    }).failedChecks,
  ).toEqual([
    { address: "check.a", status: "error", messages: [] },
    { address: "aws_vpc.main[0]", status: "fail", messages: ["too small", "too far"] },
    { address: "aws_vpc.main[3]", status: "fail", messages: [] },
  ]);
});

test("a plan that only refreshes has drift, and no changes", () => {
  const resource_drift = [change("aws_vpc.main", "no-op", {}, {}, { previous_address: "aws_vpc.old" })];
  const { resource_changes: _, ...refreshed } = JSON.parse(planText({ resource_drift }));

  expect(readPlan("network", JSON.stringify(refreshed))).toMatchObject({
    changes: [],
    drift: [{ previousAddress: "aws_vpc.old" }],
  });
});

test("the stacks whose outputs are read are known, from any module", () => {
  const state = (name: string) => ({ type: "terraform_remote_state", mode: "data", name });
  const inner = { module: { resources: [state("cluster")] } };
  const root_module = {
    resources: [state("network"), { type: "aws_vpc", name: "main" }],
    module_calls: { a: { module: { module_calls: { inner } } } },
  };

  expect(plan({ configuration: { root_module } }).reads).toEqual(["network", "cluster"]);
});

const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
const nested = (text: string) => text.replace('"deep"', deep);

test.each([
  ["a saved plan", "PK\u0003\u0004\u0014", "Terraform's own form"],
  ["the log of a plan", '{"@level":"info","@message":"hushhush"}\n{"@level":"info"}', "a log"],
  ["nothing", "", "no JSON"],
  ["text", "hushhush: no changes", "no JSON"],
  ["what was cut off", planText({ variables: { p: { value: "hushhush" } } }).slice(0, -9), "cut off after"],
  ["a list", "[]", "is no plan"],
  ["null", "null", "is no plan"],
  ["a state", '{"format_version":"1.0","terraform_version":"1.14.0","values":{}}', "is no plan"],
  ["another program's JSON", '{"format_version":"hushhush","configuration":{}}', "is no plan"],
  ["a plan of a format to come", planText({ format_version: "2.0" }), "format version 2.0"],
  ["a plan of a format that is gone", planText({ format_version: "0.1" }), "format version 0.1"],
  ["changes that are null", planText({ resource_changes: [null] }), "resource_changes"],
  ["changes that are an object", planText({ resource_changes: {} }), "resource_changes"],
  ["a change without actions", planText({ resource_changes: [{ address: "aws_vpc.main" }] }), "aws_vpc.main"],
  ["a change by nobody's name", planText({ resource_changes: [{}] }), "not known here"],
  ["an action to come", planText({ resource_changes: [change("aws_vpc.main", "rename", {}, {})] }), "aws_vpc.main"],
  [
    "too many actions",
    planText({ resource_changes: [change("aws_vpc.main", "update,create", {}, {})] }),
    "aws_vpc.main",
  ],
  [
    "values thousands deep",
    nested(planText({ resource_changes: [change("aws_vpc.main", "update", {}, "deep")] })),
    "aws_vpc.main is nested too deep",
  ],
  [
    "marks thousands deep",
    nested(
      planText({
        resource_changes: [change("aws_vpc.main", "update", {}, {}, { before_sensitive: true, after_unknown: "deep" })],
      }),
    ),
    "too deep",
  ],
])("%s is no plan, and why is said, but nothing of what it holds", (_, text, why) => {
  const reading = () => readPlan("network", text);

  expect(reading).toThrow(/^network: /);
  expect(reading).toThrow(why);
  expect(reading).not.toThrow(/hush/);
});

test("an address cannot write to the terminal by an error", () => {
  const text = planText({ resource_changes: [change("aws_vpc.main", "rename", {}, {}, { address: "\u001b[2J" })] });

  expect(() => readPlan("network", text)).toThrow("\\u{1b}[2J");
});

test("a byte order mark is no part of a plan", () => {
  expect(readPlan("network", `\ufeff${planText()}`).stack).toBe("network");
});

test("members of a newer Terraform are left alone", () => {
  expect(
    plan({
      format_version: "1.99",
      query: [{ a: 1 }],
      resource_changes: [change("aws_vpc.main", "no-op", {}, {}, { new_mark: [1] })],
    }).changes,
  ).toHaveLength(1);
});

test("a key of a sensitive map is not said to force a replacement", () => {
  const more = {
    replace_paths: [
      ["triggers", "hushhush"],
      ["a", "b"],
    ],
    before_sensitive: { triggers: true },
  };

  expect(changed("null_resource.a", "delete,create", {}, {}, more).replacePaths).toEqual([["triggers"], ["a", "b"]]);
});

test.each<[string, unknown, string]>([
  ["its secret", { id: "hushhush" }, ""],
  ["a text with its secret", { id: "a/hushhush" }, ""],
  ["an identity with its secret", { identity: { name: "a", password: "hushhush" } }, ""],
  ["what is none", { id: "a" }, "a"],
])("of what is imported by %s, no secret is said", (_, importing, said) => {
  const password = { result: "hushhush" };
  const more = { importing, before_sensitive: { result: true }, after_sensitive: {} };

  for (const action of ["no-op", "update"]) {
    expect(changed("random_password.a", action, password, password, more).importing).toBe(said);
  }
});

test.each([
  ["Terraform's own form", "PK\u0003\u0004"],
  ["a log", '{"@level":"info"}'],
  ["cut off", '{"format_version":'],
  ["other JSON", "{}"],
])("who gives %s instead of a plan is told how to make one", (_, text) => {
  expect(() => readPlan("network", text)).toThrow(
    expect.objectContaining({ next: "terraform plan -out=PLAN && terraform show -json PLAN > FILE" }),
  );
});

test.each([
  ["UTF-16", Buffer.from(`\ufeff${planText()}`, "utf16le").toString("utf8"), /UTF-16.*UTF-8/],
  ["UTF-16 without a mark", Buffer.from(planText(), "utf16le").toString("utf8"), /UTF-16/],
  ["several plans", `${planText()}\n${planText()}`, /2 plans in one text/],
  ["several plans on a line", `${planText()}${planText()}`, /2 plans in one text/],
  ["a wrapper's line", `> running terraform with hunter22\n${planText()}`, /other lines before it/],
  ["half a plan", planText().slice(0, 40), /cut off after 40 characters/],
])("what is wrong with %s is said, and nothing of it is quoted", (_, text, message) => {
  expect(() => readPlan("network", text)).toThrow(message);
  expect(() => readPlan("network", text)).not.toThrow(/hunter22/);
});

test("numbers that differ beyond JavaScript's precision differ", () => {
  const text = planText({
    resource_changes: [change("aws_x.a", "update", { n: "first" }, { n: "second", s: '{"n": "third"}' })],
  })
    .replace('"first"', "12345678901234567890")
    .replace('"second"', "12345678901234567891");
  const [update] = readPlan("network", text).changes;

  expect(update?.before).toEqual({ n: "12345678901234567890" });
  expect(update?.after).toMatchObject({ n: "12345678901234567891" });
});

test("a lost mark is named, where there is still something to be seen", () => {
  const marked = { before_sensitive: { password: true, key: true }, after_sensitive: { key: true } };

  expect(
    changed("aws_x.a", "update", { password: "a", key: "b" }, { password: "a", key: "b" }, marked).unmarked,
  ).toEqual(["password"]);
  expect(changed("aws_x.a", "update", { password: "a" }, { password: null }, marked).unmarked).toEqual([]);
});

test("an action has its configuration, without what is sensitive, and what sets it off", () => {
  const action = {
    ...{ address: "action.aws_lambda_invoke.a", type: "aws_lambda_invoke" },
    ...{
      config_values: { name: "f", payload: "hunter22" },
      config_sensitive: { payload: true },
      config_unknown: { id: true },
    },
    lifecycle_action_trigger: { triggering_resource_address: "aws_iam_role.a", action_trigger_event: "AfterUpdate" },
  };
  const read = plan({
    complete: false,
    deferred_action_invocations: [{ reason: "deferred_prereq", action_invocation: action }],
  });

  expect(read.incomplete).toBe("deferred");
  expect(read.invocations).toMatchObject([
    { trigger: "after update of aws_iam_role.a", deferredBecause: "deferred_prereq", configuration: { name: "f" } },
  ]);
  expect(JSON.stringify(read)).not.toContain("hunter22");
});

test("a plan is of the account and the region that most of its ARNs name", () => {
  const arns = ["111122223333", "999988887777", "111122223333"].map((account) => ({
    arn: `arn:aws:eks:eu-central-1:${account}:cluster/a`,
  }));
  const resource_changes = arns.map((after, n) => change(`aws_x.a[${n}]`, "create", null, after));

  expect(plan({ resource_changes }).place).toBe("111122223333, eu-central-1");
  expect(plan({}).place).toBeUndefined();
});
