import { Address4 } from "ip-address";

import { addressPlan } from "../../constructs/address-plan";

const layouts = ["10.200.0.0/16", "172.16.0.0/17", "192.168.64.0/18"].flatMap((vpc) =>
  [2, 3, 4].map((count) => [vpc, count] as const),
);

/** As many zones, by their letters. */
function zones(count: number): string[] {
  return ["a", "b", "c", "d"].slice(0, count);
}

/** First and last address. */
function range(block: string): [bigint, bigint] {
  const parsed = new Address4(block);
  return [parsed.startAddress().bigInt(), parsed.endAddress().bigInt()];
}

test.each(layouts)("%s in %i zones: no address belongs to two subnets, and none is outside", (vpc, count) => {
  const plan = addressPlan(vpc, zones(count));
  const subnets = plan
    .flatMap((zone) => [zone.private, zone.public, zone.controlPlane ?? []].flat())
    .map(range)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const [first, last] = range(vpc);

  // From the first address to the last, every border is passed in this order.
  const borders = [first - 1n, ...subnets.flat(), last + 1n];
  expect(borders).toEqual([...borders].sort((a, b) => (a < b ? -1 : 1)));
  expect(subnets).toHaveLength(2 * count + 2);
});

test("single addresses get the lower half of a private subnet, and prefixes the upper", () => {
  const plan = addressPlan("10.200.0.0/16", zones(3));

  expect(plan).toHaveLength(3);
  for (const zone of plan) {
    const [from, to] = range(zone.private);
    expect(range(zone.prefixes)).toEqual([from + (to - from + 1n) / 2n, to]);
  }
});

test("a zone that is appended moves no subnet of the others", () => {
  const [before, after] = [2, 4].map((count) => addressPlan("10.200.0.0/16", zones(count)));

  expect(after?.slice(0, 2)).toEqual(before);
});

test("a cluster that gets more zones keeps the control-plane subnets of the first two", () => {
  const withOne = addressPlan("10.200.0.0/16", zones(4)).filter(({ controlPlane }) => controlPlane !== undefined);

  expect(withOne.map(({ zone }) => zone)).toEqual(["a", "b"]);
});

test("in the smallest VPC a private subnet still has 2,048 addresses, and a control-plane one 64", () => {
  const size = (block = "") => Number(range(block)[1] - range(block)[0]) + 1;
  const plan = addressPlan("10.200.0.0/18", zones(2));

  expect(plan.map((zone) => [zone.private, zone.public, zone.controlPlane].map(size))).toEqual([
    [2048, 1024, 64],
    [2048, 1024, 64],
  ]);
});
