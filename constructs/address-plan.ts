import { Address4 } from "ip-address";

import { subnetBits } from "../schema/address-room";

/** The subnets of a zone, as CIDR blocks; *p* is the prefix length of the VPC. */
export interface ZonePlan {
  /** Name of the zone: `eu-central-1a`. */
  readonly zone: string;
  /** Nodes, pods and load balancers inside: a /(p+3). */
  readonly private: string;
  /** The upper half of the private subnet, kept for delegated prefixes. */
  readonly prefixes: string;
  /** NAT gateways and load balancers: a /(p+4). */
  readonly public: string;
  /** Network interfaces of the control plane: a /(p+8), or a /28 where that is larger, in the first two zones alone. */
  readonly controlPlane: string | undefined;
}

/**
 * Divides a VPC. Each tier begins at a place of its own with room for four zones, so that a zone that is appended moves nothing: private
 * subnets in the lower half, public ones in the third quarter, control-plane ones in the last.
 */
export function addressPlan(vpc: string, zones: readonly string[]): readonly ZonePlan[] {
  return zones.map((zone, index) => ({
    zone,
    private: subnet(vpc, subnetBits.private, index),
    prefixes: subnet(vpc, subnetBits.private + 1, 2 * index + 1),
    public: subnet(vpc, subnetBits.public, 2 ** (subnetBits.public - 1) + index),
    controlPlane: index < 2 ? controlPlaneSubnet(vpc, index) : undefined,
  }));
}

/** The longest prefix of a subnet that EC2 takes. */
const smallestSubnet = 28;

/** A 256th of the VPC is enough; where that is too little for EC2, its smallest subnet is, since EKS wants six addresses. */
function controlPlaneSubnet(vpc: string, index: number): string {
  const newBits = Math.min(8, smallestSubnet - new Address4(vpc).subnetMask);
  return subnet(vpc, newBits, 3 * 2 ** (newBits - 2) + index);
}

/** The subnet of pods in a zone, and its parts. */
export interface PodPlan {
  /** Name of the zone: `eu-central-1a`. */
  readonly zone: string;
  readonly cidrBlock: string;
  /** Its second quarter and upper half, kept for delegated prefixes; interfaces have their own addresses in the lowest quarter. */
  readonly prefixes: { readonly quarter: string; readonly half: string };
}

/** Divides a block for pods, with room for four zones, as the VPC's. */
export function podPlan(podCidr: string, zones: readonly string[]): readonly PodPlan[] {
  return zones.map((zone, index) => {
    const cidrBlock = subnet(podCidr, subnetBits.pods, index);
    return { zone, cidrBlock, prefixes: { quarter: subnet(cidrBlock, 2, 1), half: subnet(cidrBlock, 1, 1) } };
  });
}

/** Returns the block that Terraform's `cidrsubnet` gives for the same arguments. */
function subnet(network: string, newBits: number, index: number): string {
  const block = new Address4(network);
  const size = block.subnetMask + newBits;
  return `${block
    .startAddress()
    .offset(index * 2 ** (32 - size))
    .correctForm()}/${size}`;
}
