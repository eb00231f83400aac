import { Address4 } from "ip-address";

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
  /** Network interfaces of the control plane: a /(p+8), in the first two zones alone. */
  readonly controlPlane: string | undefined;
}

/**
 * Divides a VPC. Each tier begins at a place of its own with room for four zones, so that a zone that is appended moves nothing: private
 * subnets in the lower half, public ones in the third quarter, control-plane ones in the last.
 */
export function addressPlan(vpc: string, zones: readonly string[]): readonly ZonePlan[] {
  return zones.map((zone, index) => ({
    zone,
    private: subnet(vpc, 3, index),
    prefixes: subnet(vpc, 4, 2 * index + 1),
    public: subnet(vpc, 4, 8 + index),
    controlPlane: index < 2 ? subnet(vpc, 8, 192 + index) : undefined,
  }));
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
