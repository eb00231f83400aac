import { readableChange, reportedOutput } from "../../../../operations/review/diff/change";
import type { Line, ReportedAttribute } from "../../../../operations/review/report/report";
import { type change, changed, plan, policy, statement } from "../../../support/plan";

function shown(lines: readonly Line[]): string[] {
  return lines.map(({ sign, text }) => `${sign} ${text}`);
}

/** What is shown last: what is read in a way of its own, if there is such. */
function part(...parameters: Parameters<typeof change>): ReportedAttribute {
  const last = readableChange(changed(...parameters)).change.parts.at(-1);
  if (last === undefined) {
    throw new Error("nothing is shown");
  }
  return last;
}

function diff(...parameters: Parameters<typeof change>): string[] {
  return shown(part(...parameters).lines);
}

/** The diff of one attribute. */
function update(type: string, attribute: string, before: unknown, after: unknown): string[] {
  return diff(`${type}.main`, "update", { [attribute]: before }, { [attribute]: after });
}

const values = "operator:\n  replicas: 1\n  a: 1\n  b: 2\n  c: 3\n  d: 4\n  e: 5\nipam: # of pods\n  mode: eni\n";

test("Helm values are read as YAML: three lines stay around each change, which has its path, and the rest is folded", () => {
  const after = values.replace("mode: eni", "mode: cluster-pool");
  const { reading, lines } = part("helm_release.cilium", "update", { values: [values] }, { values: [after] });

  expect(reading).toBe("yaml");
  expect(shown(lines)).toEqual([
    ...["… 5 lines stay", "    d: 4", "    e: 5", "  ipam:", "-   mode: eni", "+   mode: cluster-pool"],
  ]);
  expect(lines.filter(({ path }) => path === "ipam.mode")).toHaveLength(2);
});

test.each([
  ["JSON", '{"a": {"b": 1}}', '{"a": {"b": 2}}', ["  a:", "-   b: 1", "+   b: 2"]],
  [
    "an escaped string within",
    '{"a": "{\\"b\\": 1}"}',
    '{"a": "{\\"b\\": 2}"}',
    ["  a: !json", "-   b: 1", "+   b: 2"],
  ],
  ["JSON that becomes YAML", '{"a": 1, "b": 1}', "b: 1\na: 2", ["  b: 1", "- a: 1", "+ a: 2"]],
])("Helm values may be written in any way: %s", (_, before, after, lines) => {
  expect(update("helm_release", "values", [before], [after])).toEqual(lines);
});

test("of several documents of Helm values each is told", () => {
  expect(update("helm_release", "values", ["a: 1", "b: 1"], ["a: 1", "b: 2"])).toEqual([
    "  - a: 1",
    "- - b: 1",
    "+ - b: 2",
  ]);
});

test.each([
  ["are no YAML", "a: [1"],
  ["name themselves", "a: &a\n  b: *a\n"],
  ["are thousands deep in JSON", `${"[".repeat(5000)}${"]".repeat(5000)}`],
  ["are thousands deep in YAML", `a: ${"{a: ".repeat(5000)}`],
  ["are thousands of lists deep", "- ".repeat(5000)],
])("Helm values that %s are shown as the text that they are", (_, text) => {
  const value = text.includes("\n") ? text.split("\n")[0] : JSON.stringify(text);

  expect(update("helm_release", "values", [text], ["a: 1"]).join("\n")).toContain(value);
});

const file = { file: "apps/a.yaml", content: "kind: A\nspec: 1\n" };

test("a file of a repository is diffed line by line, under its name", () => {
  const { title, reading, lines } = part("github_repository_file.a", "update", file, {
    ...file,
    content: "kind: A\nspec: 2\n",
  });

  expect({ title, reading }).toEqual({ title: "apps/a.yaml", reading: "file" });
  expect(shown(lines)).toEqual(["  kind: A", "- spec: 1", "+ spec: 2"]);
});

test.each([
  ["deleted", "delete", file, null, ["- kind: A", "- spec: 1"]],
  ["new", "create", null, file, ["+ kind: A", "+ spec: 1"]],
  ["emptied", "update", file, { ...file, content: "" }, ["- kind: A", "- spec: 1"]],
  [
    "without its last line end",
    "update",
    file,
    { ...file, content: "kind: A\nspec: 1" },
    ["  kind: A", "  spec: 1", "- "],
  ],
])("a file that is %s is shown so", (_, action, before, after, lines) => {
  expect(diff("github_repository_file.a", action, before, after)).toEqual(lines);
});

test("a policy is read by statement: one that moves stays, and the one that changes shows what", () => {
  const [a, b] = [statement("A", "s3:GetObject", "s3:PutObject"), statement("B", "sqs:SendMessage")];
  const wider = statement("A", "s3:*", "s3:GetObject", "s3:PutObject");

  expect(update("aws_iam_policy", "policy", policy(a, b), policy(b, wider)).slice(1)).toEqual([
    ...["    - Sid: A", "      Effect: Allow", "      Action:", "+       - s3:*", "        - s3:GetObject"],
    ...["        - s3:PutObject", '      Resource: "*"', "… 4 lines stay"],
  ]);
});

test("user data is read as what it says, in whatever form it came before", () => {
  const text = "[settings.kubernetes]\nmax-pods = 110\n";
  const base64 = Buffer.from(text.replace("110", "30")).toString("base64");

  expect(update("aws_launch_template", "user_data", base64, text)).toEqual([
    ...["  [settings.kubernetes]", "- max-pods = 30", "+ max-pods = 110"],
  ]);
});

test("user data that holds no text stays as it is", () => {
  const packed = (byte: number) => Buffer.from([0x1f, 0x8b, 0x08, byte]).toString("base64");

  expect(update("aws_instance", "user_data_base64", packed(2), packed(3))).toEqual([
    ...[`- user_data_base64: ${packed(2)}`, `+ user_data_base64: ${packed(3)}`],
  ]);
});

test("maps are told key by key", () => {
  expect(update("aws_vpc", "labels", { a: "1", b: "2", c: "3" }, { b: "4", c: "3", d: "5" })).toEqual([
    ...["  labels:", '    c: "3"', '-   a: "1"', '-   b: "2"', '+   b: "4"', '+   d: "5"'],
  ]);
});

test("what comes into a set moves nothing in it", () => {
  expect(
    update(
      "aws_eks_cluster",
      "public_access_cidrs",
      ["10.0.0.0/8", "192.0.2.0/24"],
      ["192.0.2.0/24", "10.0.0.0/8", "172.16.0.0/12"],
    ),
  ).toEqual([...["  public_access_cidrs:", "    - 10.0.0.0/8", "+   - 172.16.0.0/12", "    - 192.0.2.0/24"]]);
});

test("each place of a list is named as it is before, if something goes, and else as it is after", () => {
  const { lines } = part("aws_vpc.main", "update", { l: [1, 2, 3, 4] }, { l: [2, 5, 4, 6] });

  expect(lines.flatMap(({ sign, text, path }) => (path ? `${sign}${text.slice(4)} ${path}` : []))).toEqual([
    ...["-1 l[0]", "-3 l[2]", "+5 l[1]", "+6 l[3]"],
  ]);
});

test("what is known after the apply alone is listed, and within a value it stands in its place", () => {
  const masks = { after_unknown: { arn: true, block: [{ version: true }] } };
  const { unknown, parts } = readableChange(
    changed("aws_vpc.main", "update", { arn: "a", block: [{ id: 1, version: 1 }] }, { block: [{ id: 1 }] }, masks),
  ).change;

  expect(unknown).toEqual(["arn"]);
  expect(shown(parts[0]?.lines ?? [])).toEqual([
    "  block:",
    "    - id: 1",
    "-     version: 1",
    "+     version: known after apply",
  ]);
});

test("a sensitive value is shown as nothing but one, not even its length", () => {
  const masks = { before_sensitive: { p: true }, after_sensitive: { p: true } };

  expect(diff("aws_vpc.main", "update", { p: "one", a: 1 }, { p: "another one", a: 2 }, masks)).toEqual([
    ...["- p: sensitive value", "+ p: sensitive value", "- a: 1", "+ a: 2"],
  ]);
});

test.each([
  ["new", "create", null, { a: "1", b: null, c: [], d: {}, e: "" }, ['+ a: "1"']],
  ["deleted", "delete", { a: "1", b: null, c: [], d: {}, e: "" }, null, ['- a: "1"']],
  [
    "replaced",
    "delete,create",
    { a: "1", b: null, c: [], d: "2" },
    { a: "3", b: [], c: null, d: "2" },
    ['- a: "1"', '+ a: "3"'],
  ],
])("what says nothing is left out of what is %s", (_, action, before, after, lines) => {
  expect(diff("aws_vpc.main", action, before, after)).toEqual(lines);
});

const tagged = (tags: unknown, tags_all: unknown, more = {}) => ({ id: "vpc-1", tags, tags_all, ...more });

test.each([
  [{ a: "1", c: "3" }, { a: "2", b: "x y", c: "3" }, "tags: a: 1 → 2; b: x y"],
  [{ a: "1", "b.c": "2" }, { a: "1" }, "tags: without b.c"],
  [null, { constructor: "a" }, "tags: constructor: a"],
])("tags from %j to %j are told in one line", (before, after, summary) => {
  const { change } = readableChange(changed("aws_vpc.main", "update", tagged(before, before), tagged(after, after)));

  expect(change).toMatchObject({ summary: summary.replaceAll(/\d/g, '"$&"'), parts: [] });
});

test("tags that change with something else are told once", () => {
  const [before, after] = [tagged({ a: "x" }, { a: "x" }), tagged({ a: "y" }, { a: "y" }, { id: "vpc-2" })];

  expect(diff("aws_vpc.main", "update", before, after)).toEqual([
    ...["- id: vpc-1", "+ id: vpc-2", "  tags:", "-   a: x", "+   a: y"],
  ]);
});

test("tags that the provider gives to all are told with a resource's own", () => {
  const [before, after] = [tagged({ a: "x" }, { a: "x", all: "x" }), tagged({ a: "y" }, { a: "y", all: "z" })];

  expect(readableChange(changed("aws_vpc.main", "update", before, after)).change.summary).toBe(
    "tags: a: x → y; all: x → z",
  );
});

test.each([
  ["another attribute changes", { size: 2 }, {}],
  ["they are sensitive", {}, { after_sensitive: { tags: true, tags_all: true } }],
])("tags are not all if %s", (_, more, masks) => {
  const resource = changed(
    "aws_vpc.main",
    "update",
    tagged({ a: "x" }, { a: "x" }),
    tagged({ a: "y" }, { a: "y" }, more),
    masks,
  );
  const { summary, parts } = readableChange(resource).change;

  expect(summary).toBeUndefined();
  expect(parts).toHaveLength(1);
});

test("why and what forces it is said in words", () => {
  const more = { action_reason: "replace_because_cannot_update", replace_paths: [["block", 0, "a.b"], ["size"]] };
  const { change } = readableChange(changed("aws_vpc.main", "create,delete", { size: 1 }, { size: 2 }, more));

  expect(change).toMatchObject({
    createBeforeDestroy: true,
    reason: "it cannot be changed in place",
    forcedBy: ['block[0]["a.b"]', "size"],
  });
});

test("a reason of a newer Terraform is told as it is", () => {
  expect(
    readableChange(changed("aws_vpc.main", "update", {}, {}, { action_reason: "update_because_of_this" })).change
      .reason,
  ).toBe("update because of this");
});

test.each([
  ["comes", { actions: ["create"], before: null, after: ["a"] }, ["+ o:", "+   - a"]],
  ["goes", { actions: ["delete"], before: "a", after: null }, ["- o: a"]],
  [
    "changes",
    { actions: ["update"], before: { a: 1, b: 1 }, after: { a: 1, b: 2 } },
    ["  o:", "    a: 1", "-   b: 1", "+   b: 2"],
  ],
])("an output that %s is shown", (_, output, lines) => {
  expect(plan({ output_changes: { o: output } }).outputs.map((one) => shown(reportedOutput(one).lines))).toEqual([
    lines,
  ]);
});

test.each([
  ["of what is new", "create", null, { tags: { a: "x" }, tags_all: { a: "x", all: "y" } }],
  ["of what is replaced", "delete,create", { tags: {}, tags_all: {} }, { tags: { a: "x" }, tags_all: { a: "x" } }],
])("tags_all does not stand beside tags: %s", (_, actions, before, after) => {
  const { change: made } = readableChange(changed("aws_vpc.a", actions, before, after));

  expect(JSON.stringify(made)).not.toContain("tags_all");
  expect(JSON.stringify(made)).toContain("a: x");
});
