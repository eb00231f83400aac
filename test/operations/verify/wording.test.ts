import { allOf, counted, namesText, sentenceOf } from "../../../operations/verify/wording";

test("a count of one has its noun in the singular", () => {
  expect([0, 1, 2].map((count) => counted(count, "node"))).toEqual(["0 nodes", "1 node", "2 nodes"]);
  expect(counted(3, "prefix", "prefixes")).toBe("3 prefixes");
  expect([1, 2].map((count) => allOf(count, "agent"))).toEqual(["the one agent", "all 2 agents"]);
});

test.each([
  [["a"], "a has none"],
  [["a", "b"], "a and b have none"],
  [["a", "b", "c", "d"], "a, b, c and d have none"],
  [["a", "b", "c", "d", "e"], "a, b, c and 2 more have none"],
])("of %j it is said that %s", (names, sentence) => {
  expect(sentenceOf(names, "has none", "have none")).toBe(sentence);
});

test("no names are no text", () => {
  expect(namesText([])).toBe("");
});
