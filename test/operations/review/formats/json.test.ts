import { json } from "../../../../operations/review/formats/json";
import { sampleReport } from "../../../support/report";
import { empty } from "../../../support/report-parts";

test.each([
  ["everything", sampleReport()],
  ["nothing", empty],
])("a report of %s is on one line, and can be read back", (_, report) => {
  const text = json(report);

  expect(JSON.parse(text)).toEqual(report);
  expect(text.indexOf("\n")).toBe(text.length - 1);
});

test("a report that is too large for a string says so, and what to do", () => {
  const tooLarge = {
    ...empty,
    toJSON() {
      throw new RangeError("Invalid string length");
    },
  };

  expect(() => json(tooLarge)).toThrow(
    expect.objectContaining({
      message: "the report is too large for JSON",
      next: "review fewer stacks at once with --stack, or take another --format",
    }),
  );
});
