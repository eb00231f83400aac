import { selected } from "../../../../operations/review/sources/selection";

const items = ["demo-network", "demo-cluster", "other_network"].map((stack) => ({ stack }));

test.each([
  ["demo-cluster", ["demo-cluster"]],
  ["cluster", ["demo-cluster"]],
  ["network", ["demo-network", "other_network"]],
])("'%s' selects %j", (name, stacks) => {
  expect(selected(items, [name]).map(({ stack }) => stack)).toEqual(stacks);
});

test.each([
  [
    ["netwrok"],
    "no stack is named 'netwrok'; there are demo-network, demo-cluster, other_network; did you mean 'network'?",
  ],
  [["demo-clutser"], "did you mean 'demo-cluster'?"],
  [["netwrok", "bootstrap", "clusters"], "did you mean 'network' and 'cluster'?"],
])("of %j the nearest names are said", (names, message) => {
  expect(() => selected(items, names)).toThrow(message);
});
