import type { NetworkInterface, Subnet } from "@aws-sdk/client-ec2";

import { runChecks } from "../../../../operations/verify/check";
import { freePrefixes, subnetAddresses } from "../../../../operations/verify/checks/subnet-addresses";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import type { Cluster } from "../../../../schema/settings";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../../support/settings";

const subnet: Subnet = {
  SubnetId: "subnet-a",
  CidrBlock: "10.0.1.0/24",
  Tags: [{ Key: "Name", Value: "demo-private-a" }],
};

const settings = cluster();

const withPrefixes = (...prefixes: readonly string[]): NetworkInterface => ({
  SubnetId: "subnet-a",
  Ipv4Prefixes: prefixes.map((Ipv4Prefix) => ({ Ipv4Prefix })),
});

const withAddresses = (...addresses: readonly string[]): NetworkInterface => ({
  SubnetId: "subnet-a",
  PrivateIpAddresses: addresses.map((PrivateIpAddress) => ({ PrivateIpAddress })),
});

test("a /28 is free if no address and no prefix is in it; AWS has addresses in the first and the last", () => {
  expect(freePrefixes(subnet, [], settings)).toBe(14);
  expect(freePrefixes(subnet, [withPrefixes("10.0.1.128/28", "10.0.1.144/28")], settings)).toBe(12);
  expect(
    freePrefixes(subnet, [withAddresses("10.0.1.18", "10.0.1.19", "10.0.1.5"), withPrefixes("10.0.1.16/28")], settings),
  ).toBe(13);
  expect(freePrefixes(subnet, [{ ...withPrefixes("10.0.1.128/28"), SubnetId: "subnet-b" }], settings)).toBe(14);
  expect(freePrefixes({ ...subnet, CidrBlock: "10.0.1.0/28" }, [], settings)).toBe(0);
});

/** @param taken - how many /28s of the subnet something has an address in */
async function looked(taken: number, left = 250, own: Partial<Subnet> = {}) {
  const controlPlane: Subnet = { SubnetId: "subnet-c", CidrBlock: "10.0.2.0/24", AvailableIpAddressCount: left };
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    cluster: async () => ({ resourcesVpcConfig: { subnetIds: ["subnet-c"] } }),
    subnets: async () => [subnet, controlPlane],
    nodeSubnets: async () => [subnet],
    podSubnets: async () => [{ ...subnet, ...own }],
    interfaces: async () => [
      withAddresses(...Array.from({ length: taken }, (_, index) => `10.0.1.${(index + 1) * 16 + 4}`)),
    ],
  };
  return (await runChecks([subnetAddresses], snapshot as Snapshot))[0];
}

test.each([
  [0, "holds", "14 or more free /28s in each of 1 subnet of nodes"],
  [10, "holds", "4 or more free /28s in each of 1 subnet of nodes"],
  [11, "warning", "demo-private-a has 3 free /28s"],
  [13, "warning", "demo-private-a has 1 free /28"],
  [14, "broken", "demo-private-a has 0 free /28s"],
])("with an address in %s of fourteen /28s, it %s", async (taken, state, found) => {
  expect(await looked(taken)).toMatchObject({ state, found });
});

test("of a subnet that another account shares, no more /28s are free than it has free addresses for", async () => {
  const shared = (AvailableIpAddressCount: number) => ({ OwnerId: "444455556666", AvailableIpAddressCount });

  expect(await looked(2, 250, shared(200))).toMatchObject({
    state: "holds",
    found: expect.stringMatching(/^at most 12 free \/28s in the fullest of 1 subnet of nodes/),
  });
  expect(await looked(2, 250, shared(63))).toMatchObject({
    state: "warning",
    found: "demo-private-a has at most 3 free /28s",
  });
  expect(await looked(2, 250, { ...shared(63), OwnerId: settings.account })).toMatchObject({
    found: "12 or more free /28s in each of 1 subnet of nodes",
  });
});

test("a subnet of the control plane in which EKS finds too few addresses to upgrade is named", async () => {
  expect(await looked(0, 5)).toMatchObject({ state: "holds" });
  expect(await looked(0, 4)).toMatchObject({
    state: "broken",
    found: "subnet-c of the control plane: fewer than 5 left",
    next: expect.stringContaining("Name=subnet-id,Values=subnet-c"),
  });
});

/** @param free - addresses of the subnet of nodes */
async function besidePods(
  free: number,
  taken = 0,
  settings: Cluster = cluster({ cidrBlock: "10.0.0.0/24", podCidr: "100.64.0.0/16" }),
) {
  const nodes: Subnet = { ...subnet, SubnetId: "subnet-n", CidrBlock: "10.0.0.0/27", AvailableIpAddressCount: free };
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({}),
    subnets: async () => [nodes],
    nodeSubnets: async () => [{ ...nodes, AvailableIpAddressCount: 20 }, nodes],
    podSubnets: async () => [{ ...subnet, Tags: [{ Key: "Name", Value: "demo-pods-a" }] }],
    interfaces: async () => [
      withAddresses(...Array.from({ length: taken }, (_, index) => `10.0.1.${(index + 1) * 16 + 4}`)),
    ],
  };
  return (await runChecks([subnetAddresses], snapshot as Snapshot))[0];
}

test("where pods have subnets of their own, prefixes are counted in those, and addresses in the nodes'", async () => {
  expect(await besidePods(4)).toMatchObject({
    state: "holds",
    found: "14 or more free /28s in each of 1 subnet of pods",
  });
  expect(await besidePods(4, 14)).toMatchObject({ state: "broken", found: "demo-pods-a has 0 free /28s" });
  expect(await besidePods(3)).toMatchObject({ state: "warning", found: "demo-private-a has 3 free addresses" });
  expect(await besidePods(0)).toMatchObject({
    state: "broken",
    next: expect.stringContaining("Name=subnet-id,Values=subnet-n"),
  });
});

test("the same goes for subnets of pods in a network that is there", async () => {
  const settings = clusterInNetwork({ network: { ...sharedNetwork, podSubnets } });

  expect(await besidePods(4, 14, settings)).toMatchObject({ state: "broken", found: "demo-pods-a has 0 free /28s" });
  expect(await besidePods(3, 0, settings)).toMatchObject({ state: "warning" });
});

test("of two subnets of pods in a zone the one with more addresses left counts, and each zone of nodes for itself", async () => {
  const ofPods = (SubnetId: string, CidrBlock: string, AvailableIpAddressCount: number): Subnet => ({
    SubnetId,
    AvailabilityZone: "a",
    CidrBlock,
    AvailableIpAddressCount,
  });
  const nodes = ["a", "b"].map((AvailabilityZone) => ({ ...ofPods("nodes", "10.0.0.0/24", 200), AvailabilityZone }));
  const judged = async (...found: readonly Subnet[]) => {
    const snapshot: Partial<Snapshot> = {
      settings: clusterInNetwork({ network: { ...sharedNetwork, podSubnets } }),
      cluster: async () => ({}),
      subnets: async () => [],
      nodeSubnets: async () => nodes,
      podSubnets: async () => found,
      interfaces: async () => [],
    };
    return (await runChecks([subnetAddresses], snapshot as Snapshot))[0];
  };
  // No /28 of a /27 is ever free.
  const [full, roomy] = [ofPods("full", "100.64.0.0/27", 20), ofPods("roomy", "100.64.1.0/24", 21)];
  const broken = { state: "broken", found: "full has 0 free /28s" };

  expect(await judged(full, roomy)).toMatchObject({
    state: "holds",
    found: "14 or more free /28s in each of 1 subnet of pods",
  });
  expect(await judged(full, { ...roomy, AvailableIpAddressCount: 19 })).toMatchObject(broken);
  expect(await judged(full, { ...roomy, AvailabilityZone: "b" })).toMatchObject(broken);
  expect(await judged({ ...full, AvailabilityZone: "c" }, roomy)).toMatchObject({ state: "holds" });
});
