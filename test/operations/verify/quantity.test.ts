import { quantity } from "../../../operations/verify/quantity";

test.each([
  ["10", 10],
  ["0.5", 0.5],
  ["500m", 0.5],
  ["1930m", 1.93],
  ["3901956Ki", 3_995_602_944],
  ["10Gi", 10_737_418_240],
  ["2G", 2e9],
  ["1e3", 1_000],
])("%s is %s", (text, number) => {
  expect(quantity(text)).toBeCloseTo(number, 6);
});

test.each(["", "much", "10Xi"])("%j is no quantity", (text) => {
  expect(quantity(text)).toBeNaN();
});
