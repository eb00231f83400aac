import type { Subnet } from "@aws-sdk/client-ec2";

import { roomForUpgrade } from "../../../../../operations/upgrade/readiness/checks/room";
import { runChecks } from "../../../../../operations/verify/check";
import type { Snapshot } from "../../../../../operations/verify/snapshot";
import { cluster } from "../../../../support/settings";

/**
 * @param controlPlane - addresses left in its subnet
 * @param nodes - those in the subnet of nodes, a /27, in which no whole /28 is ever free, or a larger one
 */
async function found(controlPlane: number, nodes: number, CidrBlock = "10.0.1.0/24", podSubnets?: readonly Subnet[]) {
  const subnets: Subnet[] = [
    { SubnetId: "subnet-c", CidrBlock: "10.0.2.0/28", AvailableIpAddressCount: controlPlane },
    { SubnetId: "subnet-n", CidrBlock, AvailableIpAddressCount: nodes },
  ];
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    cluster: async () => ({ resourcesVpcConfig: { subnetIds: ["subnet-c"] } }),
    subnets: async () => subnets,
    nodeSubnets: async () => subnets.slice(1),
    podSubnets: async () => podSubnets ?? subnets.slice(1),
    interfaces: async () => [],
  };
  return (await runChecks([roomForUpgrade], snapshot as Snapshot))[0];
}

test.each([
  [5, 17, "holds"],
  [4, 17, "broken"],
  [5, 16, "broken"],
])("with %s addresses for a control plane and %s for nodes, it %s", async (controlPlane, nodes, state) => {
  expect(await found(controlPlane, nodes)).toMatchObject({ state });
});

test("addresses that no free /28 has are none for a node", async () => {
  expect(await found(5, 17, "10.0.1.0/27")).toMatchObject({
    state: "broken",
    found: "subnet-n (17 addresses, 0 free /28s)",
  });
});

test("where pods have subnets of their own, a node takes one address in its, and a /28 in theirs", async () => {
  const ofPods = (left: number): Subnet[] => [
    { SubnetId: "subnet-p", CidrBlock: "100.64.0.0/24", AvailableIpAddressCount: left },
  ];

  expect(await found(5, 1, "10.0.1.0/28", ofPods(200))).toMatchObject({ state: "holds" });
  expect(await found(5, 0, "10.0.1.0/28", ofPods(200))).toMatchObject({ state: "broken" });
  expect(await found(5, 1, "10.0.1.0/28", ofPods(16))).toMatchObject({
    state: "broken",
    found: expect.stringContaining("subnet-p (16 addresses"),
  });
});
