import { zonesOf } from "../../schema/aws/zones";
import type { Cluster } from "../../schema/settings";
import { addressIn } from "./machines";

/** Outside of what EKS chooses for Services. */
export const existingBlock = "10.96.0.0/16";

/** A subnet of a network that is there before the platform. */
interface ExistingSubnet {
  readonly id: string;
  readonly zone: string;
  readonly cidrBlock: string;
  /** Where its route to the internet leads. */
  readonly wayOut: "NAT gateway" | "internet gateway" | "none";
}

/** A network that is there before the platform, as the stand-in for AWS makes it. */
export interface NetworkAtStart {
  readonly vpcId: string;
  /** Account that it belongs to, which shares its subnets with the cluster's. */
  readonly owner: string;
  readonly cidrBlock: string;
  readonly subnets: readonly ExistingSubnet[];
}

/** Returns the network of the settings as a world has it: of another account, in which nothing can be tagged; nothing where one is made. */
export function networkAtStart({ account, region, network }: Cluster): NetworkAtStart | undefined {
  if (network === undefined) {
    return undefined;
  }
  const { vpcId, privateSubnets, controlPlaneSubnets, publicSubnets = [] } = network;
  const ways = new Map<string, ExistingSubnet["wayOut"]>([
    ...controlPlaneSubnets.map((id) => [id, "none"] as const),
    ...publicSubnets.map((id) => [id, "internet gateway"] as const),
    ...privateSubnets.map((id) => [id, "NAT gateway"] as const),
  ]);
  const zones = existingZones(region);
  const subnets = [...ways].map(([id, wayOut], index) => ({
    id,
    // Each list begins in the first zone, in whatever order the settings have the lists.
    zone: zones[placeIn([controlPlaneSubnets, publicSubnets, privateSubnets], id) % zones.length] ?? "",
    cidrBlock: `${addressIn(existingBlock, index * subnetSize)}/20`,
    wayOut,
  }));
  const others = ["111122223333", "444455556666"];
  return { vpcId, owner: others.find((one) => one !== account) ?? "", cidrBlock: existingBlock, subnets };
}

/** Returns the zones of nodes, in the order of their subnets. */
export function nodeZones({ region, zones, network }: Cluster): string[] {
  const inRegion = existingZones(region);
  return zones ?? network.privateSubnets.map((_, index) => inRegion[index % inRegion.length] ?? "");
}

/** Addresses of a /20, of which a /16 has sixteen. */
const subnetSize = 4096;

/** Returns the zones that a network of a world has subnets in: two, as few as the settings ask for. */
function existingZones(region: string): readonly string[] {
  return zonesOf(region).slice(0, 2);
}

function placeIn(lists: readonly (readonly string[])[], id: string): number {
  return lists.find((list) => list.includes(id))?.indexOf(id) ?? 0;
}
