import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSilences } from "../../../operations/review/read-silences";
import type { Silence } from "../../../operations/review/report/silences";

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
  expect(read(entry)).toEqual([
    {
      ...{ rule: "vpc-gone", stack: "network", address: "aws_vpc.main" },
      ...{ reason: "moved to another account", until: "2026-12-31" },
    },
  ]);
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
