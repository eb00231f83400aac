import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSilences } from "../../../../operations/review/read-silences";
import { isSilenced } from "../../../../operations/review/report/silence";
import { review } from "../../../../operations/review/review";
import { type Silence, withSilences } from "../../../../operations/review/rules/silences";
import { readPlan } from "../../../../operations/terraform/plan/read";
import { change, planText } from "../../../support/plan";
import { finding } from "../../../support/report-parts";

const today = "2026-11-23";
const lost = finding("network", "aws_vpc.main", "delete", "the VPC is destroyed", { rule: "vpc-gone" });
const silence: Silence = {
  ...{ rule: "vpc-gone", stack: "network", address: "aws_vpc.main" },
  ...{ reason: "moved to another account", until: "2026-12-31" },
};

function silenced(...silences: Silence[]) {
  return withSilences([lost], silences, today)[0] ?? lost;
}

test("a finding is silenced by what names its rule, its stack and its address, and has the reason", () => {
  expect(silenced(silence).silence).toEqual({ reason: silence.reason, until: silence.until, expired: false });
  expect(isSilenced(silenced(silence))).toBe(true);
});

test.each<[string, Partial<Silence>]>([
  ["another rule", { rule: "subnet-gone" }],
  ["another stack", { stack: "cluster" }],
  ["another address", { address: "aws_vpc.main[0]" }],
  ["another sentence", { what: "the VPC is replaced" }],
])("a finding is not silenced for %s", (_, other) => {
  expect(silenced({ ...silence, ...other })).toEqual(lost);
});

test("of the sentences of a rule one can be silenced alone", () => {
  expect(isSilenced(silenced({ ...silence, what: lost.what }))).toBe(true);
});

test.each([
  ["2026-11-22", true],
  ["2026-11-23", false],
  ["2026-11-24", false],
])("a silence until %s has expired today: %s; then it is told, and counts for nothing", (until, expired) => {
  const found = silenced({ ...silence, until });

  expect(found.silence).toMatchObject({ until, expired });
  expect(isSilenced(found)).toBe(!expired);
});

test("a silence that has expired does not stand in the way of one that has not", () => {
  expect(isSilenced(silenced({ ...silence, until: "2026-01-01" }, { ...silence, until: today }))).toBe(true);
});

test("in a report what is silenced is listed by itself, and is not the worst; what no longer is counts", () => {
  const plan = readPlan("network", planText({ resource_changes: [change("aws_vpc.main", "delete", {}, null)] }));
  const of = (until: string) => review([plan], [], { silences: [{ ...silence, until }], today });

  expect(of("2026-12-31")).toMatchObject({ stacks: [{}], dangers: [], silenced: [{ address: "aws_vpc.main" }] });
  expect(of("2026-12-31").stacks[0]).not.toHaveProperty("worst");
  expect(of("2026-01-01")).toMatchObject({
    ...{ stacks: [{ worst: expect.stringContaining("aws_vpc.main") }], silenced: [] },
    dangers: [{ address: "aws_vpc.main", silence: { expired: true } }],
  });
});

const folder = mkdtempSync(join(tmpdir(), "silences-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string): readonly Silence[] {
  const file = join(folder, "silences.yaml");
  writeFileSync(file, text);
  return readSilences(file);
}

const entry =
  "- rule: vpc-gone\n  stack: network\n  address: aws_vpc.main\n  reason: moved to another account\n  until: 2026-12-31\n";

test("silences are read from YAML; without any, the file may be empty", () => {
  expect(read(entry)).toEqual([silence]);
  expect(read("# none\n")).toEqual([]);
});

test("all mistakes of a file are told at once, each with its place", () => {
  const text = [
    entry.replace("vpc-gone", "vpc-goen"),
    entry.replace("moved to another account", "known"),
    entry.replace("2026-12-31", "2026-02-30"),
    entry.replace("until", "untill"),
    "- 1\n",
  ].join("");
  const places = ["[0].rule", "[1].reason", "[2].until", "[3].until", "[3]", "[4]"];

  expect(() => read(text)).toThrow(/6 mistakes/);
  for (const place of places) {
    expect(() => read(text)).toThrow(`\n  ${place} `);
  }
});

test("a rule of access says something else of each address, so a silence repeats the sentence", () => {
  const access = entry.replace("vpc-gone", "identity-policy");

  expect(() => read(access)).toThrow("[0].what");
  expect(read(`${access}  what: "allowed now: s3:*"\n`)).toMatchObject([{ what: "allowed now: s3:*" }]);
});

test.each([
  ["no YAML", "- rule: [", /silences\.yaml/],
  ["no list", "rule: vpc-gone\n", /must be a list/],
])("a file that is %s says so with its name", (_, text, message) => {
  expect(() => read(text)).toThrow(message);
});
