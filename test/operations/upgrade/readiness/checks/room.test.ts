import type { Subnet } from "@aws-sdk/client-ec2";

import { roomForUpgrade } from "../../../../../operations/upgrade/readiness/checks/room";
import { runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { newestRelease } from "../../../../../releases/all";
import type { Release } from "../../../../../releases/release";
import type { Cluster } from "../../../../../schema/settings";
import { cluster, clusterInNetwork, podSubnets, sharedNetwork } from "../../../../support/settings";

/**
 * @param controlPlane - addresses left in its subnet
 * @param nodes - those in the subnet of nodes, a /27, in which no whole /28 is ever free, or a larger one
 */
async function found(
  controlPlane: number,
  nodes: number,
  CidrBlock = "10.0.1.0/24",
  podSubnets?: readonly Subnet[],
  next?: Release,
  settings: Cluster = cluster(),
  beside: readonly Subnet[] = [],
) {
  const subnets: Subnet[] = [
    { SubnetId: "subnet-c", CidrBlock: "10.0.2.0/28", AvailableIpAddressCount: controlPlane },
    { SubnetId: "subnet-n", AvailabilityZone: "a", CidrBlock, AvailableIpAddressCount: nodes },
  ];
  const snapshot: Partial<Snapshot> = {
    settings,
    cluster: async () => ({ version: "1.36", resourcesVpcConfig: { subnetIds: ["subnet-c"] } }),
    subnets: async () => subnets,
    nodeSubnets: async () => [...subnets.slice(1), ...beside],
    podSubnets: async () => podSubnets ?? subnets.slice(1),
    interfaces: async () => [],
  };
  return (await runChecks([roomForUpgrade(next)], snapshot as Snapshot))[0];
}

// Of 3 /28s for a node's pods and its own address.
test.each([
  [5, 49, "holds"],
  [4, 49, "broken"],
  [5, 48, "broken"],
])("with %s addresses for a control plane and %s for nodes, it %s", async (controlPlane, nodes, state) => {
  expect(await found(controlPlane, nodes)).toMatchObject({ state });
});

test("with another Kubernetes a whole second node group comes, and a node of Karpenter's", async () => {
  const next = { ...newestRelease, kubernetes: { ...newestRelease.kubernetes, version: "1.37" } };
  const nodes = cluster().nodes.minSize + 1;

  expect(await found(5, nodes * 49, "10.0.0.0/22", undefined, next)).toMatchObject({ state: "holds" });
  expect(await found(5, nodes * 49 - 1, "10.0.0.0/22", undefined, next)).toMatchObject({
    state: "broken",
    cause: expect.stringContaining("and 3 new nodes a subnet need 3 addresses and 9 /28s"),
  });
});

test("a zone with two subnets of nodes gets no fewer of them than one", async () => {
  const next = { ...newestRelease, kubernetes: { ...newestRelease.kubernetes, version: "1.37" } };
  const nodes = cluster().nodes.minSize + 1;
  const second = { SubnetId: "second", AvailabilityZone: "a", AvailableIpAddressCount: 1000 };
  const looked = (left: number, zone: string) =>
    found(5, left, "10.0.0.0/22", undefined, next, undefined, [{ ...second, AvailabilityZone: zone }]);

  expect(await looked(nodes * 49 - 1, "a")).toMatchObject({ state: "broken" });
  expect(await looked(nodes * 49 - 1, "b")).toMatchObject({ state: "holds" });
});

test("addresses that no free /28 has are none for a node", async () => {
  expect(await found(5, 49, "10.0.1.0/27")).toMatchObject({
    state: "broken",
    found: "subnet-n (49 addresses, 0 free /28s)",
  });
});

test("where pods have subnets of their own, a node takes one address in its, and /28s in theirs", async () => {
  const ofPods = (left: number): Subnet[] => [
    { SubnetId: "subnet-p", CidrBlock: "100.64.0.0/24", AvailableIpAddressCount: left },
  ];

  expect(await found(5, 1, "10.0.1.0/28", ofPods(200))).toMatchObject({ state: "holds" });
  expect(await found(5, 0, "10.0.1.0/28", ofPods(200))).toMatchObject({ state: "broken" });
  expect(await found(5, 1, "10.0.1.0/28", ofPods(48))).toMatchObject({
    state: "broken",
    found: expect.stringContaining("subnet-p (48 addresses"),
  });
});

test("of two subnets for pods alone in a zone the one with more room counts, and nodes' need their own addresses alone", async () => {
  const settings = clusterInNetwork({ network: { ...sharedNetwork, podSubnets } });
  const full: Subnet = {
    SubnetId: "full",
    AvailabilityZone: "a",
    CidrBlock: "100.64.0.0/24",
    AvailableIpAddressCount: 0,
  };
  const roomy = { ...full, SubnetId: "roomy", CidrBlock: "100.64.1.0/24", AvailableIpAddressCount: 49 };
  const looked = (...subnets: readonly Subnet[]) => found(5, 1, "10.0.1.0/28", subnets, undefined, settings);

  expect(await looked(full, roomy)).toMatchObject({ state: "holds" });
  expect(await looked(full, { ...roomy, AvailabilityZone: "b" })).toMatchObject({
    state: "broken",
    found: "full (0 addresses, 14 free /28s)",
  });
});

test("in a subnet that another account shares, what others have there counts as far as EC2 says it", async () => {
  const shared = (AvailableIpAddressCount: number): Subnet[] => [
    { SubnetId: "subnet-p", CidrBlock: "100.64.0.0/24", OwnerId: "444455556666", AvailableIpAddressCount },
  ];

  expect(await found(5, 1, "10.0.1.0/28", shared(200))).toMatchObject({
    state: "holds",
    found: expect.stringContaining("unless other accounts have addresses"),
  });
  expect(await found(5, 1, "10.0.1.0/28", shared(47))).toMatchObject({
    state: "broken",
    found: "subnet-p (47 addresses, at most 2 free /28s)",
  });
});
