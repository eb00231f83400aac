import { Address4 } from "ip-address";

/** Subnets of a VPC, zone by zone in the order of the settings. */
export interface AddressPlan {
  /** Nodes, pods and load balancers inside: a /(p+3) each. */
  readonly private: readonly string[];
  /** The upper half of each private subnet, kept for delegated prefixes. */
  readonly prefixes: readonly string[];
  /** NAT gateways and load balancers: a /(p+4) each. */
  readonly public: readonly string[];
  /** Network interfaces of the control plane, in the first two zones alone: a /(p+8) each. */
  readonly controlPlane: readonly string[];
}

/**
 * Divides a VPC. Each tier begins at a place of its own with room for four zones, so that a zone that is appended moves nothing: private
 * ones in the lower half, public ones in the third quarter, control-plane ones in the last.
 */
export function addressPlan(vpc: string, zones: number): AddressPlan {
  const tier = (count: number, newBits: number, place: (index: number) => number) =>
    Array.from({ length: count }, (_, index) => subnet(vpc, newBits, place(index)));
  return {
    private: tier(zones, 3, (index) => index),
    prefixes: tier(zones, 4, (index) => 2 * index + 1),
    public: tier(zones, 4, (index) => 8 + index),
    controlPlane: tier(Math.min(zones, 2), 8, (index) => 192 + index),
  };
}

/** As Terraform's `cidrsubnet`. */
function subnet(network: string, newBits: number, index: number): string {
  const block = new Address4(network);
  const size = block.subnetMask + newBits;
  return `${block
    .startAddress()
    .offset(index * 2 ** (32 - size))
    .correctForm()}/${size}`;
}
