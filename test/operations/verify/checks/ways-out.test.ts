import type { NatGateway, RouteTable, Subnet } from "@aws-sdk/client-ec2";

import { runChecks } from "../../../../operations/verify/check";
import { waysOut } from "../../../../operations/verify/checks/ways-out";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../../support/settings";

const settings = cluster();
const zones = settings.zones;

const subnets: Subnet[] = zones.map((zone) => ({ SubnetId: `subnet-${zone}`, AvailabilityZone: zone }));

const table = (subnet: string, route: object): RouteTable => ({
  Associations: [{ SubnetId: subnet }],
  Routes: [
    { DestinationCidrBlock: "10.0.0.0/16", GatewayId: "local" },
    { DestinationCidrBlock: "0.0.0.0/0", ...route },
  ],
});

const nat: NatGateway = { NatGatewayId: "nat-1", SubnetId: "public", State: "available" };
const onward = table("public", { GatewayId: "igw-1", State: "active" });
const private_ = subnets.map(({ SubnetId = "" }) => table(SubnetId, { NatGatewayId: "nat-1", State: "active" }));

async function way(
  tables: readonly RouteTable[],
  gateways: readonly NatGateway[] = [nat],
  found = subnets,
  ofPods = found,
) {
  const snapshot: Partial<Snapshot> = {
    settings,
    nodeSubnets: async () => found,
    podSubnets: async () => ofPods,
    routeTables: async () => tables,
    natGateways: async () => gateways,
  };
  return (await runChecks([waysOut], snapshot as Snapshot))[0];
}

test("subnets that lead through a NAT gateway to an internet gateway hold", async () => {
  expect(await way([...private_, onward])).toMatchObject({
    state: "holds",
    found: `${zones.length} subnets through 1 NAT gateway`,
  });
});

const [, ...others] = private_;
const first = subnets[0]?.SubnetId ?? "";

test.each<[string, RouteTable[], NatGateway[], string]>([
  ["the gateway is gone", [...private_, onward], [], "nat-1, the NAT gateway of"],
  ["the gateway has failed", [...private_, onward], [{ ...nat, State: "failed" }], "is failed"],
  [
    "a route is a blackhole",
    [table(first, { NatGatewayId: "nat-1", State: "blackhole" }), ...others, onward],
    [nat],
    first,
  ],
  [
    "a route leads elsewhere",
    [table(first, { TransitGatewayId: "tgw-1" }), ...others, onward],
    [nat],
    "to no NAT gateway",
  ],
  ["a table is gone", [...others, onward], [nat], `${first} has no default route`],
  [
    "the internet gateway is detached",
    [...private_, table("public", { GatewayId: "igw-1", State: "blackhole" })],
    [nat],
    "without internet gateway",
  ],
])("%s", async (_, tables, gateways, found) => {
  expect(await way(tables, gateways)).toMatchObject({
    state: "broken",
    found: expect.stringContaining(found),
    next: `npm run review -- ${settings.name} --stack network`,
  });
});

test("a subnet without a table of its own has the VPC's main one", async () => {
  const main: RouteTable = { ...table("", { NatGatewayId: "nat-1", State: "active" }), Associations: [{ Main: true }] };

  expect(await way([main, onward])).toMatchObject({ state: "holds" });
});

test("a zone in which nodes have no subnet is named", async () => {
  expect(await way([...private_, onward], [nat], subnets.slice(1))).toMatchObject({
    state: "broken",
    found: `nodes have no subnet in ${zones[0]}`,
  });
});

test("subnets for pods alone are looked at too: each zone has one, with a way out", async () => {
  const pods: Subnet[] = zones.map((zone) => ({ SubnetId: `pods-${zone}`, AvailabilityZone: zone }));
  const tables = [
    ...private_.map((one, index) => ({
      ...one,
      Associations: [...(one.Associations ?? []), { SubnetId: pods[index]?.SubnetId }] as RouteTable["Associations"],
    })),
    onward,
  ];

  expect(await way(tables, [nat], subnets, pods)).toMatchObject({
    state: "holds",
    found: `${2 * zones.length} subnets through 1 NAT gateway`,
  });
  expect(await way([...private_, onward], [nat], subnets, pods)).toMatchObject({
    state: "broken",
    found: expect.stringContaining(`${pods[0]?.SubnetId} has no default route`),
  });
  expect(await way(tables, [nat], subnets, pods.slice(1))).toMatchObject({
    state: "broken",
    found: `pods have no subnet in ${zones[0]}`,
  });
});

const shared = clusterInNetwork();
const own: Subnet[] = sharedNetwork.privateSubnets.map((SubnetId, index) => ({
  SubnetId,
  CidrBlock: `10.96.${index}.0/24`,
}));

async function sharedWay(tables: readonly RouteTable[], found = own) {
  const snapshot: Partial<Snapshot> = {
    settings: shared,
    nodeSubnets: async () => found,
    podSubnets: async () => found,
    routeTables: async () => tables,
    natGateways: () => Promise.reject(new Error("gateways of another account are asked for")),
  };
  return (await runChecks([waysOut], snapshot as Snapshot))[0];
}

const [here = "", there = ""] = sharedNetwork.privateSubnets;
const byTransit = own.map(({ SubnetId = "" }) => table(SubnetId, { TransitGatewayId: "tgw-1", State: "active" }));

test("in a network that is there, any way out holds that its owner has made", async () => {
  expect(await sharedWay(byTransit)).toMatchObject({ state: "holds", found: expect.stringContaining("2 subnets") });
});

test.each<[string, RouteTable[], string]>([
  ["has no way out", [...byTransit.slice(1), { Associations: [{ SubnetId: here }] }], `${here} has no default route`],
  ["leads to what is gone", [...byTransit.slice(1), table(here, { State: "blackhole" })], "leads to what is gone"],
  ["is public", [...byTransit.slice(1), table(here, { GatewayId: "igw-1" })], "leads to an internet gateway"],
])("a subnet of such a network that %s is named", async (_, tables, found) => {
  expect(await sharedWay(tables)).toMatchObject({ state: "broken", found: expect.stringContaining(found) });
});

test("a subnet that is shared no more is named", async () => {
  expect(await sharedWay(byTransit, own.slice(0, 1))).toMatchObject({
    state: "broken",
    found: `nodes have no subnet ${there}`,
  });
});

const ofPods: Subnet[] = podSubnets.map((SubnetId) => ({ SubnetId }));
const podsByTransit = podSubnets.map((id) => table(id, { TransitGatewayId: "tgw-1", State: "active" }));

async function apartWay(tables: readonly RouteTable[], found = ofPods) {
  const snapshot: Partial<Snapshot> = {
    settings: clusterInNetwork({ network: { ...sharedNetwork, podSubnets } }),
    nodeSubnets: async () => own,
    podSubnets: async () => found,
    routeTables: async () => tables,
  };
  return (await runChecks([waysOut], snapshot as Snapshot))[0];
}

test("subnets for pods alone of such a network are looked at too: each is there, with a way out", async () => {
  expect(await apartWay([...byTransit, ...podsByTransit])).toMatchObject({
    state: "holds",
    found: expect.stringContaining("4 subnets"),
  });
  expect(await apartWay([...byTransit, ...podsByTransit], ofPods.slice(1))).toMatchObject({
    state: "broken",
    found: `pods have no subnet ${podSubnets[0]}`,
  });
  const public_ = table(podSubnets[0] ?? "", { GatewayId: "igw-1" });
  expect(await apartWay([...byTransit, public_, ...podsByTransit.slice(1)])).toMatchObject({
    state: "broken",
    found: expect.stringContaining(`of ${podSubnets[0]} leads to an internet gateway`),
  });
});

test("where a subnet has the main table of another account, which AWS does not show, that is said, and nothing is broken", async () => {
  const others = byTransit.slice(1);

  expect(await sharedWay(others)).toMatchObject({
    state: "not asked",
    found: expect.stringMatching(
      `^1 subnet by .*; the way out of ${here}, by the VPC's main route table, AWS shows to its owner alone`,
    ),
    next: expect.stringContaining("have the owner associate a route table"),
  });
  expect(await sharedWay([table(there, { GatewayId: "igw-1" })])).toMatchObject({ state: "broken" });
});
