import { nearest } from "../../platform/nearest";

const names = ["natGateways", "nodes", "name", "sts", "sns", "ssm"];

test.each([
  ["natGateway", "natGateways"],
  ["natgateways", "natGateways"],
  ["nodse", "nodes"],
  ["Name", "name"],
  ["STS", "sts"],
  ["snss", "sns"],
  ["sts", "sts"],
])("'%s' is taken for '%s'", (name, meant) => {
  expect(nearest(name, names)).toBe(meant);
});

test.each(["", "s4", "colour", "gateways", "n".repeat(1_000_000)])("%.10j is taken for nothing", (name) => {
  expect(nearest(name, names)).toBeUndefined();
});

test("nothing is near where there is nothing", () => {
  expect(nearest("name", [])).toBeUndefined();
});
