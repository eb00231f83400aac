import { judge, judgeOrder } from "../../../rehearsal/life/judge";

test("a plan that does more, less or something else than expected is refused, with both in words", () => {
  const planned = { "aws_vpc.network": "update", "aws_eip.public_a": "replace" } as const;

  expect(judge("network", planned, planned)).toBe("network: 1 to update, 1 to replace");
  for (const expected of [{}, { "aws_vpc.network": "update" }, { ...planned, "aws_vpc.network": "replace" }] as const) {
    expect(() => judge("network", planned, expected)).toThrow(/expected: .*planned: {2}replace aws_eip.public_a/s);
  }
});

test("an order that a journal does not show is refused, and so is a journal that shows nothing", () => {
  const journal = [
    { time: 1, what: "helm_release cilium" },
    { time: 2, what: "eks CreateNodegroup" },
  ];

  expect(judgeOrder(journal, /cilium/, /Nodegroup/)).toBe("1 before 1");
  expect(() => judgeOrder(journal, /Nodegroup/, /cilium/)).toThrow("came before");
  expect(() => judgeOrder(journal, /Addon/, /cilium/)).toThrow("hold 0 of");
});
