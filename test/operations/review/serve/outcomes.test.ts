import type { Finding, Report } from "../../../../operations/review/report/report";
import { review } from "../../../../operations/review/review";
import { type Outcome, outcomesOf } from "../../../../operations/review/serve/outcomes";
import { expectHarmless, foreignText } from "../../../support/foreign-text";
import { change, plan } from "../../../support/plan";

function finding(number: number, changed: Partial<Finding> = {}): Finding {
  return {
    stack: "demo-network",
    rule: "vpc-gone",
    severity: "danger",
    address: `aws_vpc.network_${number}`,
    action: "delete",
    what: "the VPC is destroyed",
    forcedBy: [],
    ...changed,
  };
}

function report(changed: Partial<Report>): Report {
  return {
    version: 1,
    stacks: [],
    dangers: [],
    access: [],
    silenced: [],
    drift: [],
    changes: [],
    noise: [],
    ...changed,
  };
}

const tagsOf = ({ attributes }: Outcome) => attributes.tags;

test("an outcome has the finding in a line, its severity and rule as tags, and the change below it", () => {
  const [before, after] = ["10.0.0.0/24", "10.0.1.0/24"].map((block) => ({ cidr_block: block }));
  const replaced = plan({ resource_changes: [change("aws_subnet.private_a", "delete,create", before, after)] });
  const [outcome] = outcomesOf(review([replaced], [], { silences: [], today: "2026-11-27" }));

  expect(outcome).toMatchObject({
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": expect.stringMatching(/^subnet-gone-[\da-f]{12}$/),
      description: expect.stringContaining("aws_subnet.private_a"),
      body: expect.stringMatching(/aws_subnet\.private_a.*workloads:.*```diff.*- .*10\.0\.0\.0\/24/s),
      tags: { Severity: [{ label: "Danger", level: "error" }], Rule: [{ label: "subnet-gone", level: "none" }] },
    },
  });
});

test("dangers come first, then cautions, what narrows and what is silenced; drift is among them", () => {
  const silence = { reason: "it is to go this week", until: "2026-12-31", expired: false };
  const outcomes = outcomesOf(
    report({
      dangers: [finding(1), finding(2, { severity: "caution" })],
      access: [finding(3, { direction: "narrower", severity: "caution" }), finding(4, { direction: "wider" })],
      drift: [
        {
          stack: "demo-network",
          address: "aws_vpc.network_5",
          action: "update",
          why: "the plan leaves it",
          unsafe: { rule: "open", severity: "danger", what: "everybody is let in" },
          parts: [],
        },
      ],
      silenced: [finding(6, { silence })],
    }),
  );

  expect(outcomes.map(({ attributes }) => attributes.description.replace(/.*_/, ""))).toEqual([
    "1",
    "4",
    "5",
    "2",
    "3",
    "6",
  ]);
  expect(outcomes.map(tagsOf).map(({ Severity }) => Severity?.[0]?.label)).toEqual([
    "Danger",
    "Danger",
    "Danger",
    "Caution",
    "Narrower",
    "Danger",
  ]);
  expect(outcomes.map(tagsOf).flatMap(({ Status = [] }) => Status)).toEqual([
    { label: "Silenced until 2026-12-31", level: "info" },
  ]);
});

test("of a hundred and five findings a hundred have room, and the last line counts the others", () => {
  const outcomes = outcomesOf(report({ dangers: Array.from({ length: 105 }, (_, number) => finding(number)) }));

  expect(outcomes).toHaveLength(101);
  expect(outcomes.at(-1)?.attributes).toMatchObject({
    "outcome-id": "more-findings",
    description: "5 more findings, for which there is no room here",
    tags: { Severity: [{ label: "Danger", level: "error" }] },
  });
  expect(new Set(outcomes.map(({ attributes }) => attributes["outcome-id"])).size).toBe(101);
});

test("however long findings are, all outcomes together stay below a megabyte", () => {
  const long = Array.from({ length: 100 }, (_, number) => finding(number, { what: "ä".repeat(19_000) }));
  const outcomes = outcomesOf(report({ dangers: [finding(1, { what: "x".repeat(30_000) }), ...long] }));

  expect(Buffer.byteLength(JSON.stringify(outcomes))).toBeLessThan(1_010_000);
  expect(outcomes.at(-1)?.attributes.description).toMatch(/^\d+ more findings/);
  expect(outcomes[0]?.attributes.body).toMatch(/^Left out: the finding has \d+ characters\.$/);
  expect(Math.max(...outcomes.map(({ attributes }) => attributes.description.length))).toBeLessThan(310);
});

test("what others wrote stays text", () => {
  const [outcome] = outcomesOf(report({ dangers: [finding(1, { what: foreignText, address: foreignText })] }));

  expectHarmless(outcome?.attributes.description ?? "");
  expectHarmless(outcome?.attributes.body ?? "");
});
