import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { planReview } from "../../../../operations/review/serve/plan-review";

const plan = resolve("test", "operations", "review", "fixtures", "bootstrap-instance-type.json");
const request = {
  stack: "demo-bootstrap",
  run: "run-1",
  failOn: "danger",
  silences: undefined,
  wantsPage: true,
} as const;
const { signal } = new AbortController();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-review-"));
  copyFileSync(plan, join(folder, "plan.json"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a program of its own reviews a plan, and writes a page with its run", async () => {
  const { failed, message, outcomes } = await planReview(folder, request, signal);

  expect({ failed, message }).toEqual({
    failed: true,
    message: expect.stringMatching(/^demo-bootstrap: .*to replace/),
  });
  expect(outcomes.length).toBeGreaterThan(0);
  expect(readFileSync(join(folder, "page.html"), "utf8")).toMatch(/<p>account \d{12}, [a-z\d-]+; run-1<\/p>/);
});

test("findings that a file silences do not fail it", async () => {
  const { outcomes } = await planReview(folder, request, signal);
  const silences = join(folder, "known.yaml");
  const entries = outcomes.map(({ attributes: { tags, body } }) => ({
    rule: tags["Rule"]?.[0]?.label,
    stack: "demo-bootstrap",
    address: /`([^`]+)` in/.exec(body)?.[1],
    reason: "announced to all teams",
    until: "2999-12-31",
  }));
  writeFileSync(silences, JSON.stringify(entries.filter(({ rule }) => !rule?.includes("polic"))));
  const silenced = await planReview(folder, { ...request, silences }, signal);

  expect(silenced.failed).toBe(false);
  expect(silenced.outcomes[0]?.attributes.tags["Status"]).toEqual([
    { label: "Silenced until 2999-12-31", level: "info" },
  ]);
});

test("silences with mistakes are told, and the plan is not called reviewed", async () => {
  const silences = join(folder, "known.yaml");
  writeFileSync(silences, "- rule: no-rule\n");

  await expect(planReview(folder, { ...request, silences }, signal)).rejects.toThrow(/known\.yaml has \d+ mistakes/);
});

test("a program that has not memory enough ends alone", async () => {
  await expect(planReview(folder, request, signal, 4)).rejects.toThrow("its program ended with a signal");
});

test("the signal ends it", async () => {
  const interruption = new AbortController();
  const review = planReview(folder, request, interruption.signal);
  interruption.abort(new Error("ended"));

  await expect(review).rejects.toThrow("ended");
});
