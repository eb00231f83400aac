import { network } from "./address";
import type { Cluster } from "./cluster";
import { addressesOfCilium, addressesPerPrefix, podsPerNode } from "./instance-types";

/** How many bits longer than their block's prefix those of the subnets are: each tier has room for four zones. */
export const subnetBits = {
  /** Half of the VPC's block. */
  private: 3,
  /** A quarter of it. */
  public: 4,
  /** All of the pods' block. */
  pods: 2,
} as const;

/** Addresses that Cilium's agent keeps at hand (Cilium's default, `ipam-pre-allocate`). */
const preAllocated = 8;

/** /28s that a node with as many pods as its kubelet takes has from EC2. */
export const prefixesPerNode = Math.ceil((podsPerNode + addressesOfCilium + preAllocated) / addressesPerPrefix);

/** AWS keeps the first four addresses of a subnet and the last (VPC user guide, "Subnet CIDR blocks"). */
const addressesOfAws = 5;

/** Parts of the subnets for pods that are kept for prefixes: a half and a quarter. */
const keptOfPodSubnet = 3 / 4;
/** Of a subnet that nodes are in too, the upper half. */
const keptOfPrivateSubnet = 1 / 2;

type Addresses = Pick<Cluster, "endpoints" | "podCidr"> & { readonly cidrBlock: string };

/** Returns how many nodes with all their pods surely find addresses in each zone, whatever else has taken those that are not reserved. */
export function nodesPerZone({ cidrBlock, podCidr, endpoints }: Addresses): number {
  const privateSubnet = subnetSize(cidrBlock, subnetBits.private);
  if (podCidr === undefined) {
    return nodesOf(privateSubnet * keptOfPrivateSubnet);
  }
  // Each service's endpoint has an interface in the subnet, and a load balancer inside would have one.
  const forNodes = privateSubnet - addressesOfAws - endpoints.length - 1;
  return Math.max(Math.min(forNodes, nodesOf(subnetSize(podCidr, subnetBits.pods) * keptOfPodSubnet)), 0);
}

/** Returns how many nodes find their prefixes in what is kept for them at the end of a subnet, whose last address no prefix can hold. */
function nodesOf(reserved: number): number {
  return Math.floor((reserved / addressesPerPrefix - 1) / prefixesPerNode);
}

function subnetSize(cidr: string, bits: number): number {
  return 2 ** (32 - network(cidr).subnetMask - bits);
}
