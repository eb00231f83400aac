import { driftOf } from "../../../../operations/review/rules/drift";
import { change, plan } from "../../../support/plan";
import { finding } from "../../../support/report-parts";

const vpc = "aws_vpc.main";

/** Drift of a plan, and what is said of it; the rules find fault with what turns public. */
function found(parts: Parameters<typeof plan>[0]) {
  const { drift, harmless } = driftOf(plan(parts), ({ address, after }) =>
    JSON.stringify(after).includes("public") ? [finding("a", address, "update", "it is public", {})] : [],
  );
  return { drift: drift.map(({ address, why }) => [address, why]), harmless };
}

const tagged = change(vpc, "update", { size: 1, tags: { a: "1" } }, { size: 1, tags: { a: "2" } });
const resized = change(vpc, "update", { size: 1 }, { size: 2 });
const opened = change(vpc, "update", { access: "private" }, { access: "public" });
const deleted = change(vpc, "delete", { size: 1 }, null);

test("drift that the plan has nothing to do with is harmless", () => {
  expect(found({ resource_drift: [tagged] })).toEqual({ drift: [], harmless: [vpc] });
});

const undone = change(vpc, "update", { size: 2 }, { size: 1 });
const leftOver = change(vpc, "delete", { size: 1 }, null, { deposed: "deadbeef" });
const back = "this plan changes it back, or further";

test.each([
  ["what changed is changed back", resized, [undone], back],
  ["what changed is changed back, and something left over goes", resized, [undone, leftOver], back],
  ["what changed is replaced", resized, [change(vpc, "delete,create", { size: 2 }, { size: 1 })], back],
  [
    "what was deleted is made again",
    deleted,
    [change(vpc, "create", null, {})],
    "it was deleted; this plan makes it again",
  ],
  ["what became unsafe is left so", opened, [change(vpc, "no-op", {}, {})], "it is public; this plan leaves it so"],
  [
    ...["what became unsafe is changed back", opened],
    ...[[change(vpc, "update", { access: "public" }, { access: "private" })], `it is public; ${back}`],
  ],
])("drift matters where %s", (_, drift, resource_changes, why) => {
  expect(found({ resource_drift: [drift], resource_changes })).toEqual({ drift: [[vpc, why]], harmless: [] });
});

test.each([
  ["the plan changes another attribute", change(vpc, "update", { size: 1, b: 1 }, { size: 1, b: 2 })],
  ["the plan deletes the resource", change(vpc, "delete", { size: 1, tags: { a: "2" } }, null)],
  ["the plan changes another instance", change(`${vpc}[1]`, "update", { tags: {} }, { tags: { a: "3" } })],
  ["the plan deletes what an earlier apply left", leftOver],
])("drift does not matter where %s", (_, planned) => {
  expect(found({ resource_drift: [tagged], resource_changes: [planned] })).toEqual({ drift: [], harmless: [vpc] });
});

test.each([
  ["the attribute", vpc, vpc, ["size"], true],
  ["the whole resource", vpc, vpc, [], true],
  ["all instances of the resource", vpc, `${vpc}["a"]`, ["size"], true],
  ["another instance", `${vpc}["b"]`, `${vpc}["a"]`, ["size"], false],
  ["another attribute", vpc, vpc, ["tags"], false],
  ["another resource of a longer name", vpc, `${vpc}_b`, ["size"], false],
])("does drift matter where the plan depends on %s?", (_, resource, address, attribute, matters) => {
  const resource_drift = [change(address, "update", { size: 1 }, { size: 2 })];
  const { drift } = found({ resource_drift, relevant_attributes: [{ resource, attribute }] });

  expect(drift).toEqual(matters ? [[address, "this plan depends on it"]] : []);
});

test.each([
  ["moved", change(vpc, "no-op", {}, {}, { previous_address: "aws_vpc.old" }), []],
  ["filled in where nothing was", change(vpc, "update", { tags: null }, { tags: {} }), [vpc]],
])("what only %s does not matter, even if the plan changes it", (_, drift, harmless) => {
  const planned = change(vpc, "update", { tags: {} }, { tags: { a: "1" } });

  expect(found({ resource_drift: [drift], resource_changes: [planned] })).toEqual({ drift: [], harmless });
});

test.each([
  ["what another resource of the plan gave to it", "a", []],
  ["what that gave to another", "b", [["aws_iam_role.a", "it is public; this plan leaves it so"]]],
])("do rules find fault with %s?", (_, role, drift) => {
  const policy = (Statement: unknown) => ({ name: "p", policy: JSON.stringify({ Statement }) });
  const inline = (...inline_policy: unknown[]) => ({ name: "a", inline_policy });
  const given = { role, ...policy([{ Sid: "public" }]) };
  const resource_drift = [change("aws_iam_role.a", "update", inline(), inline(policy({ Sid: "public" })))];
  const resource_changes = [change("aws_iam_role_policy.p", "no-op", given, given)];

  expect(found({ resource_drift, resource_changes }).drift).toEqual(drift);
});

test("what somebody changed in both is nobody's own doing", () => {
  const policy = (Sid: string) => ({ name: "p", policy: JSON.stringify({ Statement: [{ Sid }] }) });
  const role = (Sid: string) => ({ name: "a", inline_policy: [policy(Sid)] });
  const [was, is] = ["private", "public"].map((Sid) => ({ role: "a", ...policy(Sid) }));
  const resource_drift = [
    change("aws_iam_role.a", "update", role("private"), role("public")),
    change("aws_iam_role_policy.p", "update", was, is),
  ];
  const resource_changes = [change("aws_iam_role_policy.p", "update", is, was)];

  expect(found({ resource_drift, resource_changes }).drift).toEqual([
    ["aws_iam_role.a", "it is public; this plan leaves it so"],
    ["aws_iam_role_policy.p", `it is public; ${back}`],
  ]);
});

test("a change beside what somebody changed does not change it back", () => {
  const block = (cidrs: unknown, groups: unknown) => ({ vpc_config: [{ cidrs, groups }] });
  const resource_drift = [change(vpc, "update", block(["a"], null), block(["a"], ["b"]))];
  const resource_changes = [change(vpc, "update", block(["a"], ["b"]), block(["c"], ["b"]))];

  expect(found({ resource_drift, resource_changes })).toEqual({ drift: [], harmless: [vpc] });
});

test("what changed is shown as a plan's changes are", () => {
  const { drift } = driftOf(plan({ resource_drift: [opened] }), () => [
    finding("a", vpc, "update", "it is public", {}),
  ]);

  expect(drift[0]?.parts[0]?.lines).toEqual([
    { sign: "-", text: "access: private", path: "access" },
    { sign: "+", text: "access: public", path: "access" },
  ]);
});
