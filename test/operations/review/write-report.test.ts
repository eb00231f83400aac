import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeReport } from "../../../operations/review/write-report";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "review-output-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a report takes an older one's place, and its owner alone can read it", () => {
  const file = join(folder, "report.html");
  writeFileSync(file, "older", { mode: 0o644 });
  writeReport(file, "newer");

  expect(readFileSync(file, "utf8")).toBe("newer");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["report.html"]);
});

test("what is no file keeps its place: a report goes through it", () => {
  const [link, target] = [join(folder, "link"), join(folder, "target")];
  writeFileSync(target, "");
  symlinkSync(target, link);
  writeReport(link, "report");

  expect(readFileSync(target, "utf8")).toBe("report");
});
