import { summary } from "../../../../../operations/upgrade/readiness/checks/verified";
import { type CheckOutcome, holds, warning } from "../../../../../operations/verify/check";

const found = (...outcomes: readonly CheckOutcome[]) =>
  summary(
    { name: "demo" },
    outcomes.map((outcome, index) => ({ id: `${index}`, title: `check ${index}`, ...outcome })),
  );

const broken: CheckOutcome = { state: "broken", found: "" };
const unknown: CheckOutcome = { state: "could not ask", found: "" };

test("what verify finds is summed up by its worst, and by title", () => {
  expect(found(holds(""), holds(""))).toMatchObject({ state: "holds", found: "2 checks, none broken" });
  expect(found(holds(""), warning("", "", ""))).toMatchObject({
    state: "warning",
    found: "all hold, with 1 warning: check 1",
  });
  expect(found(warning("", "", ""), unknown)).toMatchObject({
    state: "could not ask",
    found: "check 1 could not be asked",
  });
  expect(found(unknown, broken, broken)).toMatchObject({
    state: "broken",
    found: "2 checks do not hold: check 1 and check 2",
    next: "npm run verify -- demo",
  });
});

test("what nobody gave what it takes for is none of its business", () => {
  expect(found(holds(""), { state: "not asked", found: "" })).toMatchObject({ state: "holds" });
});
