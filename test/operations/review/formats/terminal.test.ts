import { stripVTControlCharacters } from "node:util";

import { terminal } from "../../../../operations/review/formats/terminal";
import type { Change, Report } from "../../../../operations/review/report/report";
import { sampleReport } from "../../../support/report";
import { change, empty, finding, group, part, verdict, withTexts } from "../../../support/report-parts";

function shown(report: Partial<Report>, width = 100): string {
  return terminal({ ...empty, ...report }, { width, colour: false });
}

function shownChange(...parameters: Parameters<typeof change>): string {
  const changes = [{ stack: "network", constructs: [group("vpc", change(...parameters))], outputs: [] }];
  return shown({ changes });
}

test("everything in a report is said, in the order of its weight", () => {
  const texts: string[] = [];
  withTexts(sampleReport(), (text) => {
    texts.push(text);
    return text;
  });
  const text = shown(sampleReport(), 1000);

  // Rules' ids, attributes that have another title or stand at the top, and the lines of what goes.
  const unsaid = [
    "a-rule",
    "access-wider",
    "access-narrower",
    "content",
    "role_arn",
    "Action",
    "kind: NodePool",
    "metadata:",
  ];
  expect(texts.filter((one) => !text.includes(one.trim()) && !unsaid.includes(one))).toEqual([]);
  expect([...text.matchAll(/^([A-Z]\w+)/gm)].map(([, title]) => title)).toEqual([
    ...["Danger", "Access", "Silenced", "Drift", "Changes", "Changes", "Changes", "Noise"],
  ]);
});

test("a report without anything in it is a line a stack", () => {
  expect(shown({ stacks: [verdict("network", {}), verdict("cluster", {})] })).toBe(
    "network  nothing to do\ncluster  nothing to do\n",
  );
});

test("without colour there are no codes at all, and colour changes no text", () => {
  const [plain, coloured] = [false, true].map((colour) => terminal(sampleReport(), { width: 100, colour }));

  expect(plain).not.toContain("\u001b");
  expect(coloured).toContain("\u001b[31m");
  expect(stripVTControlCharacters(coloured ?? "")).toBe(plain);
});

test.each([40, 80, 120])("sentences are wrapped at %s columns", (width) => {
  const sentence = "a long sentence about what happens, ".repeat(9);
  const { stacks, dangers, access } = sampleReport();
  const text = shown(
    withTexts({ ...empty, stacks: stacks.slice(0, 1), dangers, access }, (one) => (one.includes(" ") ? sentence : "a")),
    width,
  );

  expect(text.split("\n").filter((line) => line.length > width)).toEqual([]);
});

test("of what is in the verdict nothing is cut off, however long", () => {
  const stack = `demo-${"x".repeat(90)}`;
  const text = shown({ stacks: [verdict(stack, { worst: `the VPC is destroyed: module.${"y".repeat(90)}` })] }, 80);

  expect([...text.matchAll(/x/g)].length).toBeGreaterThanOrEqual(90);
  expect([...text.matchAll(/y/g)].length).toBeGreaterThanOrEqual(90);
});

test("the message of a check may be of any length", () => {
  const failedChecks = [{ address: "check.a", messages: ["word ".repeat(20_000)] }];

  expect(shown({ stacks: [verdict("network", { failedChecks })] }).match(/word/g)).toHaveLength(20_000);
});

test("the message of a postcondition that ended the plan is said once, and that of another check beside it", () => {
  const failedChecks = [
    { address: "terraform_data.state_owner", messages: ["It is another's."] },
    { address: "check.a", messages: ["It is slow."] },
  ];
  const problem = { kind: "failed", what: "Resource postcondition failed: It is another's." } as const;
  const text = shown({ stacks: [verdict("network", { problem, failedChecks })] });

  expect(text.match(/It is another's/g)).toHaveLength(1);
  expect(text).toContain("a check fails: check.a: It is slow.");
});

test("of hundreds of a kind the verdict names the first", () => {
  const deferred = Array.from({ length: 300 }, (_, n) => `aws_vpc.a[${n}]`);
  const text = shown({ stacks: [verdict("network", { deferred })] });

  expect(text).toContain("aws_vpc.a[0]");
  expect(text).toContain("290 more");
  expect(text.split("\n").length).toBeLessThan(15);
});

test.each<[Change["action"], Partial<Change>, string]>([
  ["create", {}, "+"],
  ["update", {}, "~"],
  ["replace", {}, "-/+"],
  ["replace", { createBeforeDestroy: true }, "+/-"],
  ["delete", {}, "-"],
  ["forget", {}, "."],
  ["read", {}, "<="],
])("%s with %j has Terraform's sign, %s", (action, more, sign) => {
  expect(shownChange("aws_vpc.main", action, more)).toContain(`    ${sign} aws_vpc.main\n`);
});

test("a diff names the path of what lies deeper, once for each run of changes", () => {
  const lines = ["   a: 1", "-  b: 1 # x.b", "+  b: 2 # x.b", "-  c: 1 # x.c", "…12", "-d: 1 # d"];
  const text = shownChange("aws_vpc.main", "update", { parts: [part("x", "value", ...lines)] });

  expect(text.match(/@ .*/g)).toEqual(["@ x.b", "@ x.c"]);
  expect(text).toContain("      @ x.b\n      -   b: 1\n      +   b: 2\n      @ x.c\n");
});

test("of what is new all that is needed to know it is shown, of a change everything, of what goes its address", () => {
  const lines = (sign: string) =>
    part("a", "value", ...Array.from({ length: 100 }, (_, n) => `${sign}line ${n}`), "-last");
  const new100 = { ...lines("+"), lines: lines("+").lines.slice(0, 100) };

  expect(shownChange("a.b", "create", { parts: [new100] })).toMatch(/line 29\n\s+… 70 more lines/);
  expect(shownChange("a.b", "update", { parts: [lines("+")] })).toContain("line 99");
  expect(shownChange("a.b", "delete", { parts: [lines("-")] })).not.toContain("line");
});

test("access is told address by address", () => {
  const wider = { direction: "wider" } as const;
  const text = shown({
    access: [
      finding("a", "x.y", "update", "one", wider),
      finding("a", "x.z", "update", "two", wider),
      finding("a", "x.y", "update", "three", wider),
    ],
  });

  expect(text.match(/x\.\w|one|two|three/g)).toEqual(["x.y", "one", "three", "x.z", "two"]);
});

test("noise is told once for each reason, with the first places", () => {
  const noise = Array.from({ length: 8 }, (_, n) => ({
    stack: "network",
    address: `aws_vpc.a${n}`,
    path: "tags",
    why: "the same",
  }));

  expect(shown({ noise }, 200)).toContain("network: the same: aws_vpc.a0 (tags), aws_vpc.a1 (tags)");
  expect(shown({ noise }, 200)).toContain("aws_vpc.a4 (tags), and 3 more\n");
});

test("an expired silence is told with the finding that it hid", () => {
  const silence = { reason: "known", until: "2026-01-01", expired: true };

  expect(shown({ dangers: [finding("a", "x.y", "delete", "gone", { silence })] })).toContain(
    "was silenced until 2026-01-01: known",
  );
});

const hostile = "\u001b[2J\u001b]0;title\u0007\u009b1m\rx\n\nDanger\n\u202egnp\u2066\u200b\u{e0001}\ufeff\u2028\u0000";

test("no text of a plan moves the cursor, turns direction, hides, or begins a line that looks like ours", () => {
  // The dates are of a file that was reviewed.
  const report = withTexts(sampleReport(), (text) => (/^\d{4}-\d\d-\d\d$/.test(text) ? text : hostile));
  const text = shown(report, 200);

  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(text.match(/^ {0,8}Danger/gm)).toEqual(["Danger"]);
});

test("one tag on many resources is one line with a count, but not where one of them does more", () => {
  const tag = { summary: "tags: team: a → b" };
  const many = Array.from({ length: 39 }, (_, n) => change(`aws_vpc.a[${n}]`, "update", tag));
  const moved = change("aws_vpc.moved", "update", { ...tag, previousAddress: "aws_vpc.old" });
  const text = shown({ changes: [{ stack: "network", constructs: [group("vpc", ...many, moved)], outputs: [] }] });

  expect(text.match(/team: a/g)).toHaveLength(2);
  expect(text).toContain("\n  ~ 39 resources: tags: team: a → b\n");
  expect(text).toContain("aws_vpc.moved");
});

test("an address is never broken", () => {
  const address = `module.${"network-of-the-platform.".repeat(8)}aws_vpc.a`;
  const dangers = [finding("network", address, "delete", "it is destroyed", {})];

  expect(
    shown({ dangers, stacks: [verdict("network", { worst: `it is destroyed: ${address}` })] }, 60).split(address),
  ).toHaveLength(3);
});

test("a finding says what changed", () => {
  const dangers = [
    finding("network", "aws_vpc.a", "update", "DNS is off", { evidence: ["enable_dns_support: true → false"] }),
  ];

  expect(shown({ dangers })).toContain("     enable_dns_support: true → false\n");
});
