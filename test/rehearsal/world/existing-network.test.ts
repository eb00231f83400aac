import { networkAtStart, nodeZones } from "../../../rehearsal/world/existing-network";
import { network as block } from "../../../schema/address";
import type { ExistingNetwork } from "../../../schema/network";
import { clusterInNetwork, podSubnets, sharedNetwork } from "../../support/settings";

function world(changes: Partial<ExistingNetwork> = {}) {
  const cluster = clusterInNetwork({ network: { ...sharedNetwork, ...changes } });
  const network = networkAtStart(cluster);
  const subnets = network?.subnets ?? [];
  const zonesOf = (ids: readonly string[]) => ids.map((id) => subnets.find((subnet) => subnet.id === id)?.zone);
  return { cluster, network, subnets, zonesOf };
}

const more = (list: readonly string[], last: string) => [...list, `subnet-0a1b2c3d4e5f607${last}`];

test("subnets of pods are in a block of their own, where nodes are, with the way out that those have", () => {
  const { network, subnets, zonesOf } = world({ podSubnets });
  const ofPods = subnets.filter(({ id }) => podSubnets.includes(id));

  expect(zonesOf(podSubnets)).toEqual(zonesOf(sharedNetwork.privateSubnets));
  for (const { cidrBlock, wayOut } of ofPods) {
    expect(wayOut).toBe("NAT gateway");
    expect(block(cidrBlock).isInSubnet(block(network?.secondBlock ?? ""))).toBe(true);
  }
  expect(new Set(subnets.map(({ cidrBlock }) => cidrBlock)).size).toBe(subnets.length);
});

test("without them the network has one block", () => {
  expect(world().network?.secondBlock).toBeUndefined();
});

test("a zone has one public subnet, and nodes are where pods have one", () => {
  const { publicSubnets, privateSubnets } = sharedNetwork;
  const three = { publicSubnets: more(publicSubnets, "33"), privateSubnets: more(privateSubnets, "13") };
  const { cluster, zonesOf } = world({ ...three, podSubnets });

  expect(new Set(zonesOf(three.publicSubnets)).size).toBe(3);
  expect(new Set(zonesOf(three.privateSubnets))).toEqual(new Set(zonesOf(podSubnets)));
  expect(nodeZones(cluster)).toEqual(zonesOf(three.privateSubnets));
});
