import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { errorReport } from "../../../operations/command/report-error";
import { settingsFile, writeRelease } from "../../../operations/upgrade/write-release";

const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
const file = join(folder, settingsFile);

afterAll(() => rmSync(folder, { recursive: true }));

/** What becomes of a settings file whose cluster `one` gets another release, or what is said where it gets none. */
function written(text: string | Buffer): string {
  writeFileSync(file, text);
  try {
    const { line } = writeRelease({ clusterName: "one", from: "2026-01-01", to: "2026-02-02" }, folder);
    return `${line}: ${readFileSync(file, "latin1")}`;
  } catch (thrown) {
    expect(readFileSync(file)).toEqual(Buffer.from(text));
    return errorReport(thrown).text;
  }
}

const typed = 'import type { ClusterSettings } from "./schema/settings";\n';

test("the release of one cluster of several changes, and no other byte of the file", () => {
  const head = `\ufeff${typed}// "2026-01-01", as 'one' has it: \u00e4\r\n`;
  const list = (release: string) =>
    `${head}export const clusters: ClusterSettings[] = [{ name: "two", release: "2026-01-01" },\r\n  { release: '${release}', name: "one" }];`;

  expect(written(list("2026-01-01"))).toBe(`4: ${Buffer.from(list("2026-02-02")).toString("latin1")}`);
});

test("bytes that are no UTF-8 stay what they are", () => {
  const text = Buffer.from('export const clusters = [{ name: "one", release: "2026-01-01" }]; // \xff', "latin1");

  expect(written(text)).toMatch(/release: "2026-02-02" }]; \/\/ \xff$/);
});

test.each([
  ["spread", 'const its = { release: "2026-01-01" };\nexport const clusters = [{ name: "one", ...its }];'],
  ["constant", "const its = `2026-01-01`;\nexport const clusters = [{ name: 'one', release: its }];"],
  [
    "function",
    'const at = (name: string, release: string) => ({ name, release });\nexport const clusters = [at("two", "2026-01-01"), at("one", "2026-01-01")];',
  ],
  [
    "value that a later one replaces",
    'const all = { release: "2026-01-01" };\nexport const clusters = [{ name: "two", ...all }, { name: "one", ...all, release: "2026-01-01" }];',
  ],
])("a release is found through a %s that is the cluster's alone", (_, text) => {
  const parts = text.split("2026-01-01");

  expect(written(text).split(": ").slice(1).join(": ")).toBe(
    `${parts.slice(0, -1).join("2026-01-01")}2026-02-02${parts.at(-1)}`,
  );
});

test("a release that clusters share is left alone, with its line and the clusters that would change", () => {
  const shared =
    'const all = {\n  release: "2026-01-01",\n};\nexport const clusters = ["one", "two", "three"].map((name) => ({ ...all, name }));';

  expect(written(shared)).toBe(
    'error: settings.ts:2: this is the release of two, three, too; nothing was changed\n  next: have that line, or what it refers to, give one alone the release "2026-02-02" instead of "2026-01-01"\n',
  );
});

test.each([
  ["computed", 'const day = "01";\nexport const clusters = [\n  { name: "one", release: `2026-01-${day}` },\n];', 3],
  [
    "of the environment",
    'export const clusters = [\n{ name: "one", release: process.env["NO_SUCH"] ?? ["2026-01", "01"].join("-") }];',
    2,
  ],
  [
    "missing in the literal",
    'const shared = { release: ["2026", "01-01"].join("-") };\nexport const clusters = [{\n  ...shared,\n  name: "one",\n}];',
    4,
  ],
  [
    "a key that is looked up",
    'const names = { "2026-01-01": true };\nconst release = Object.keys(names)[0];\nexport const clusters = [{ name: "two" }, { name: "one", release: release?.replace("#0", "") }];',
    3,
  ],
  [
    "refused when it is another",
    'const release = "2026-01-01";\nif (release.length !== 10) throw new Error();\nexport const clusters = [{ name: "one", release }];',
    3,
  ],
  [
    "generated with the name",
    "\nexport const clusters = [1].map(() => ({ name: 'o'.concat('ne'), release: ['2026-01', '01'].join('-') }));",
    2,
  ],
])("a release that is %s is left to people, with the line of the cluster", (_, text, line) => {
  expect(written(text)).toMatch(
    new RegExp(
      `^error: settings\\.ts:${line}: the release is not written there as a text of its own; nothing was changed\n`,
    ),
  );
});

test("a release that another file has is left to people, and that file as it was", () => {
  const other = join(folder, "others.ts");
  const text = 'export const release = "2026-01-01";\n';
  writeFileSync(other, text);

  expect(written('import { release } from "./others";\nexport const clusters = [\n{ name: "one", release }];')).toMatch(
    /^error: settings\.ts:3: the release is not written there as a text of its own; /,
  );
  expect(readFileSync(other, "utf8")).toBe(text);
});

test("a file that throws as it is says what it throws", () => {
  expect(written('throw new Error("no clusters today");')).toMatch(/^error: no clusters today\n/);
});

test("a text that makes more than the release is left alone", () => {
  const text =
    'const day = "2026-01-01";\nexport const clusters = [{ name: "one", release: day, tags: { since: day } }];';

  expect(written(text)).toMatch(/^error: settings\.ts:1: other settings come of this text, too; nothing was changed\n/);
});
