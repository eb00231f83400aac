import { Address4 } from "ip-address";

import { type AddressPlan, addressPlan } from "../../constructs/address-plan";

const layouts = ["10.200.0.0/16", "172.16.0.0/17", "192.168.64.0/18"].flatMap((vpc) =>
  [2, 3, 4].map((zones) => [vpc, zones] as const),
);

/** First and last address. */
function range(block: string): [bigint, bigint] {
  const parsed = new Address4(block);
  return [parsed.startAddress().bigInt(), parsed.endAddress().bigInt()];
}

test.each(layouts)("%s in %i zones: no address belongs to two subnets, and none is outside", (vpc, zones) => {
  const plan = addressPlan(vpc, zones);
  const subnets = [...plan.private, ...plan.public, ...plan.controlPlane]
    .map(range)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const [first, last] = range(vpc);

  // From the first address to the last, every border is passed in this order.
  const borders = [first - 1n, ...subnets.flat(), last + 1n];
  expect(borders).toEqual([...borders].sort((a, b) => (a < b ? -1 : 1)));
  expect(subnets).toHaveLength(2 * zones + 2);
});

test("single addresses get the lower half of a private subnet, and prefixes the upper", () => {
  const { private: subnets, prefixes } = addressPlan("10.200.0.0/16", 3);

  for (const [index, subnet] of subnets.entries()) {
    const [from, to] = range(subnet);
    expect(range(prefixes[index] ?? "")).toEqual([from + (to - from + 1n) / 2n, to]);
  }
});

test("a zone that is appended moves no subnet of the others", () => {
  const before = addressPlan("10.200.0.0/16", 2);
  const after = addressPlan("10.200.0.0/16", 4);

  for (const tier of Object.keys(before) as (keyof AddressPlan)[]) {
    expect(after[tier].slice(0, 2)).toEqual(before[tier]);
  }
});

test("a cluster that gets more zones keeps the control-plane subnets of the first two", () => {
  expect(addressPlan("10.200.0.0/16", 4).controlPlane).toHaveLength(2);
});

test("in the smallest VPC a private subnet still has 2,048 addresses, and a control-plane one 64", () => {
  const sizes = (tier: readonly string[]) => tier.map(range).map(([from, to]) => Number(to - from) + 1);
  const plan = addressPlan("10.200.0.0/18", 2);

  expect([plan.private, plan.public, plan.controlPlane].map(sizes)).toEqual([
    [2048, 2048],
    [1024, 1024],
    [64, 64],
  ]);
});
