import type { NatGateway, RouteTable, SecurityGroupRule, Subnet } from "@aws-sdk/client-ec2";

import { runChecks } from "../../../../operations/verify/check";
import { clusterSecurityGroup, waysOut } from "../../../../operations/verify/checks/network";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster, clusterInNetwork, sharedNetwork } from "../../../support/settings";

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

const among: SecurityGroupRule = { IsEgress: false, IpProtocol: "-1", ReferencedGroupInfo: { GroupId: "sg-1" } };
const out: SecurityGroupRule = { IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" };
const api: SecurityGroupRule = {
  IsEgress: false,
  IpProtocol: "tcp",
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: settings.cidrBlock,
};

async function group(...rules: readonly SecurityGroupRule[]) {
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ resourcesVpcConfig: { clusterSecurityGroupId: "sg-1" } }),
    clusterGroupRules: async () => rules,
  };
  return (await runChecks([clusterSecurityGroup], snapshot as Snapshot))[0];
}

test("a group with EKS's rules and the stack's holds, with one more too", async () => {
  expect(await group(among, out, api)).toMatchObject({ state: "holds" });
  expect(await group(among, out, api, { ...api, FromPort: 80, ToPort: 80 })).toMatchObject({ state: "holds" });
});

test.each<[SecurityGroupRule[], string, string]>([
  [
    [out, api],
    "sg-1 does not let nodes reach each other and the control plane",
    "aws ec2 authorize-security-group-ingress",
  ],
  [[{ ...among, ReferencedGroupInfo: { GroupId: "sg-2" } }, out, api], "nodes reach each other", "ingress"],
  [[among, api], "sg-1 does not let anything out", "aws ec2 authorize-security-group-egress"],
  [[among, out], `sg-1 does not let ${settings.cidrBlock} reach the API`, "npm run review --"],
  [[among, out, { ...api, FromPort: 80, ToPort: 442 }], "reach the API", "npm run review --"],
  [[], "and the control plane, anything out and", "aws ec2 authorize-security-group-ingress"],
])("a group that lacks a rule is broken: %j", async (rules, found, next) => {
  expect(await group(...rules)).toMatchObject({
    state: "broken",
    found: expect.stringContaining(found),
    next: expect.stringContaining(next),
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
  ["has no way out", byTransit.slice(1), `${here} has no default route`],
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

test("the group of a cluster in such a network admits every network of nodes, by whatever rules", async () => {
  const asked = async (...cidrs: readonly string[]) => {
    const snapshot: Partial<Snapshot> = {
      settings: shared,
      nodeSubnets: async () => own,
      cluster: async () => ({ resourcesVpcConfig: { clusterSecurityGroupId: "sg-1" } }),
      clusterGroupRules: async () => [among, out, ...cidrs.map((CidrIpv4) => ({ ...api, CidrIpv4 }))],
    };
    return (await runChecks([clusterSecurityGroup], snapshot as Snapshot))[0];
  };

  expect(await asked("10.96.0.0/16")).toMatchObject({ state: "holds" });
  expect(await asked("10.96.0.0/24")).toMatchObject({
    state: "broken",
    found: expect.stringContaining("10.96.1.0/24 reach the API"),
  });
});
