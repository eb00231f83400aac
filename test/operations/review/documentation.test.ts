import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { reportSchema, withRuleTables } from "../../../operations/review/documentation";
import { readSilences } from "../../../operations/review/read-silences";
import { report } from "../../../operations/review/report/report";
import { review } from "../../../operations/review/review";
import { readPlan } from "../../../operations/terraform/plan/read";

const fixtures = join(__dirname, "fixtures");

test("docs/plan-review.md lists the rules as they are; if not, run npm run docs", () => {
  const page = readFileSync("docs/plan-review.md", "utf8");

  expect(withRuleTables(page)).toBe(page);
});

test("docs/plan-review.schema.json is the schema of reports; if not, run npm run docs", () => {
  expect(JSON.parse(readFileSync("docs/plan-review.schema.json", "utf8"))).toEqual(JSON.parse(reportSchema()));
});

test("the silences in docs/plan-review.md are taken as they stand there", () => {
  const [, example = ""] = /```yaml\n(- rule: [^`]*)```/.exec(readFileSync("docs/plan-review.md", "utf8")) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "silences-"));
  const file = join(folder, "silences.yaml");
  writeFileSync(file, example);
  const silences = readSilences(file);
  rmSync(folder, { recursive: true });

  expect(silences.map(({ rule }) => rule)).toEqual(["subnet-gone", "identity-policy"]);
});

test.each(readdirSync(fixtures))("the review of %s is as the schema says", (plan) => {
  const found = review([readPlan(plan, readFileSync(join(fixtures, plan), "utf8"))], [], {
    silences: [],
    today: "2026-01-01",
  });

  expect(report.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
});
