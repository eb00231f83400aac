import { CommandError } from "../../operations/command/failure";
import { zonesOf } from "../../schema/aws/zones";
import type { ExistingNetwork } from "../../schema/network";
import type { Cluster } from "../../schema/settings";
import { addressIn } from "./machines";

/** Outside of what EKS chooses for Services. */
export const existingBlock = "10.96.0.0/16";

/** A second block of such a network, for pods alone. */
const podBlock = "100.64.0.0/16";

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
  /**
   * Block that the VPC has besides.
   * @default - none
   */
  readonly secondBlock?: string;
  readonly subnets: readonly ExistingSubnet[];
}

/** Returns the network of the settings as a world has it: of another account, in which nothing can be tagged; nothing where one is made. */
export function networkAtStart({ account, region, network }: Cluster): NetworkAtStart | undefined {
  if (network === undefined) {
    return undefined;
  }
  const { vpcId, privateSubnets, podSubnets = [], controlPlaneSubnets, publicSubnets = [] } = network;
  const ways = new Map<string, ExistingSubnet["wayOut"]>([
    ...controlPlaneSubnets.map((id) => [id, "none"] as const),
    ...publicSubnets.map((id) => [id, "internet gateway"] as const),
    ...privateSubnets.map((id) => [id, "NAT gateway"] as const),
  ]);
  if (ways.size > mostSubnets) {
    throw new CommandError(`network names ${ways.size} subnets, and the AWS of a world has room for ${mostSubnets}`, {
      next: "name fewer, to rehearse the rest",
    });
  }
  const zones = existingZones(region, network);
  const zoneOf = (id: string) => {
    // Each list begins in the first zone, in whatever order the settings have the lists; nodes are where pods have subnets.
    const place = placeIn([controlPlaneSubnets, publicSubnets, privateSubnets], id);
    const count = privateSubnets.includes(id)
      ? Math.min(zones.length, podSubnets.length || zones.length)
      : zones.length;
    return zones[place % count] ?? "";
  };
  const subnets = [...ways].map(([id, wayOut], index) => ({
    id,
    zone: zoneOf(id),
    cidrBlock: `${addressIn(existingBlock, index * subnetSize)}/20`,
    wayOut,
  }));
  const ofPods = podSubnets.map((id, index) => ({
    id,
    zone: zones[index % zones.length] ?? "",
    cidrBlock: `${addressIn(podBlock, index * subnetSize)}/20`,
    wayOut: "NAT gateway" as const,
  }));
  const others = ["111122223333", "444455556666"];
  return {
    vpcId,
    owner: others.find((one) => one !== account) ?? "",
    cidrBlock: existingBlock,
    ...(ofPods.length > 0 && { secondBlock: podBlock }),
    subnets: [...subnets, ...ofPods],
  };
}

/** Returns the zones of nodes, in the order of their subnets. */
export function nodeZones(cluster: Cluster): string[] {
  const { subnets = [] } = networkAtStart(cluster) ?? {};
  return (
    cluster.zones ?? cluster.network.privateSubnets.map((id) => subnets.find((subnet) => subnet.id === id)?.zone ?? "")
  );
}

/** Addresses of a /20, of which a /16 has sixteen. */
const subnetSize = 4096;

/** One more is the owner's, for its NAT gateway. */
const mostSubnets = 15;

/** Returns the zones that a network of a world has subnets in: two, as few as the settings ask for; or as many as public subnets, of which a zone has one. */
function existingZones(region: string, { publicSubnets = [] }: ExistingNetwork): readonly string[] {
  return zonesOf(region).slice(0, Math.max(publicSubnets.length, 2));
}

function placeIn(lists: readonly (readonly string[])[], id: string): number {
  return lists.find((list) => list.includes(id))?.indexOf(id) ?? 0;
}
