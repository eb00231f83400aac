import { jsonPieces } from "../../../../operations/review/formats/json";
import { review } from "../../../../operations/review/review";
import { readPlan } from "../../../../operations/terraform/plan/read";
import { change, planText } from "../../../support/plan";

test("a report in pieces, none longer than a change, is the report", () => {
  const changes = ["a", "b_a", "b_b"].map((name) =>
    change(`aws_vpc.${name}`, "update", { x: 1 }, { x: "y".repeat(999) }),
  );
  const output_changes = { id: { actions: ["create"], before: null, after: "a" } };
  const plans = ["network", "cluster"].map((stack) =>
    readPlan(stack, planText({ resource_changes: changes, output_changes })),
  );
  const report = review(plans, [], { silences: [], today: "2026-11-23" });
  const pieces = jsonPieces(report);

  expect(JSON.parse(pieces.join(""))).toEqual(report);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2000);
});

test("a report of nothing is one too", () => {
  const report = review([], [], { silences: [], today: "2026-11-23" });

  expect(JSON.parse(jsonPieces(report).join(""))).toEqual(report);
});
