import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { publishReview } from "../../../operations/review/publish";
import type { Format } from "../../../operations/review/report-options";

const folder = mkdtempSync(join(tmpdir(), "publish-"));

afterAll(() => rmSync(folder, { recursive: true }));

const note = "Planned against stand-ins: no account was asked.";
const problems = [{ stack: "demo-network", kind: "blocked", what: "it waits" }] as const;

async function published(format: Format, now: string): Promise<string> {
  const output = join(folder, format);
  const request = { format, output, failOn: "danger", silences: undefined } as const;
  await publishReview({ plans: [], problems }, request, { now: new Date(now), isDated: false, notes: [note] });
  return readFileSync(output, "utf8");
}

test.each(["terminal", "markdown", "html", "json"] as const)(
  "%s says first how the plans were made, and the same whenever that was",
  async (format) => {
    const text = await published(format, "2026-11-27T10:00:00Z");

    expect(text.indexOf(note)).toBeGreaterThanOrEqual(0);
    expect(text.indexOf(note)).toBeLessThan(text.indexOf("it waits"));
    await expect(published(format, "2026-12-24T20:00:00Z")).resolves.toBe(text);
  },
);

test("a stack that could not be planned ends it with 1, one that waits does not", async () => {
  const request = { format: "json", output: join(folder, "codes"), failOn: "danger", silences: undefined } as const;
  const edition = { now: new Date(), isDated: true };
  const failed = { stack: "demo-network", kind: "failed", what: "no such zone" } as const;

  await expect(publishReview({ plans: [], problems }, request, edition)).resolves.toBe(0);
  await expect(publishReview({ plans: [], problems: [failed] }, request, edition)).resolves.toBe(1);
});
