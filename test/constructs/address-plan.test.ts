import { Address4 } from "ip-address";

import { addressPlan, podPlan } from "../../constructs/address-plan";
import { nodesPerZone, prefixesPerNode } from "../../schema/address-room";

const layouts = [
  "10.200.0.0/16",
  "172.16.0.0/17",
  "192.168.64.0/18",
  ...[19, 20, 21, 22, 23, 24].map((size) => `10.0.0.0/${size}`),
].flatMap((vpc) => [2, 3, 4].map((count) => [vpc, count] as const));

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

const size = (block = "") => Number(range(block)[1] - range(block)[0]) + 1;
const sizes = (vpc: string) =>
  addressPlan(vpc, zones(2)).map((zone) => [zone.private, zone.public, zone.controlPlane].map(size));

test.each([
  ["10.200.0.0/18", [2048, 1024, 64]],
  ["10.200.0.0/20", [512, 256, 16]],
  ["10.200.0.0/22", [128, 64, 16]],
  ["10.200.0.0/24", [32, 16, 16]],
])(
  "of %s a private, a public and a control-plane subnet have %j addresses, none fewer than the 16 that EC2 takes",
  (vpc, expected) => {
    expect(sizes(vpc)).toEqual([expected, expected]);
  },
);

test.each([2, 3, 4])(
  "a block for pods in %i zones: subnets lie apart and inside, and a zone that is appended moves none",
  (count) => {
    const plan = podPlan("100.64.16.0/20", zones(count));
    const borders = plan.flatMap(({ cidrBlock }) => range(cidrBlock));
    const [first, last] = range("100.64.16.0/20");

    expect([first, ...borders, last]).toEqual([first, ...borders, last].sort((a, b) => (a < b ? -1 : 1)));
    expect(new Set(borders).size).toBe(2 * count);
    expect(podPlan("100.64.16.0/20", zones(2))).toEqual(plan.slice(0, 2));
  },
);

test("three quarters of a subnet for pods are kept for prefixes, up to its end", () => {
  for (const { cidrBlock, prefixes } of podPlan("100.64.0.0/16", zones(4))) {
    const [from, to] = range(cidrBlock);
    expect(range(prefixes.quarter)[0]).toBe(from + (to - from + 1n) / 4n);
    expect(range(prefixes.half)).toEqual([range(prefixes.quarter)[1] + 1n, to]);
  }
});

test.each(["10.0.0.0/16", "10.0.0.0/19", "10.0.0.0/22"])(
  "nodes that %s is said to have room for find their prefixes in what is kept",
  (cidrBlock) => {
    const [zone] = addressPlan(cidrBlock, zones(2));
    // AWS keeps the last address of a subnet, and with it the last /28.
    const free = size(zone?.prefixes) / 16 - 1;
    const nodes = nodesPerZone({ cidrBlock, endpoints: [], podCidr: undefined });

    expect(nodes).toBeGreaterThan(0);
    expect([nodes * prefixesPerNode <= free, (nodes + 1) * prefixesPerNode > free]).toEqual([true, true]);
  },
);

test.each(["100.64.0.0/16", "100.64.0.0/20"])(
  "nodes that %s is said to have room for find the prefixes of their pods",
  (podCidr) => {
    const [zone] = podPlan(podCidr, zones(2));
    const free = (size(zone?.prefixes.quarter) + size(zone?.prefixes.half)) / 16 - 1;
    const nodes = nodesPerZone({ cidrBlock: "10.0.0.0/16", endpoints: [], podCidr });

    expect([nodes * prefixesPerNode <= free, (nodes + 1) * prefixesPerNode > free]).toEqual([true, true]);
  },
);

test("nodes of a /24 whose pods are elsewhere take what its private subnets have, beside AWS, endpoints and a load balancer", () => {
  const room = { cidrBlock: "10.0.0.0/24", podCidr: "100.64.0.0/16" };

  expect(nodesPerZone({ ...room, endpoints: [] })).toBe(32 - 5 - 1);
  expect(nodesPerZone({ ...room, endpoints: ["sts", "ec2"] })).toBe(32 - 5 - 1 - 2);
});
