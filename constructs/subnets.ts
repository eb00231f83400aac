import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";

/** An availability zone, and the network of one tier in it. */
export interface ZoneNetwork {
  /** Name of the zone: `eu-central-1a`. */
  readonly zone: string;

  readonly cidrBlock: string;
}

export interface SubnetsProps<Network extends ZoneNetwork = ZoneNetwork> {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly vpcId: string;

  readonly networks: readonly Network[];

  /** Whether all zones have one route table, or each its own. */
  readonly routeTables: "shared" | "per-zone";

  /**
   * Tags by which load balancers and Karpenter find the subnets.
   * @default {}
   */
  readonly tags?: Record<string, string>;
}

/** A subnet and what stands in its zone: children of `scope` are named after tier and zone. */
export interface ZoneSubnet<Network extends ZoneNetwork = ZoneNetwork> {
  /** The network that the subnet was made for. */
  readonly network: Network;
  readonly scope: Construct;
  readonly subnetId: string;
  readonly routeTableId: string;
}

/** One tier of subnets: a subnet a zone, each with a route table that leads nowhere yet. */
export class Subnets<Network extends ZoneNetwork = ZoneNetwork> extends Construct {
  readonly zones: readonly ZoneSubnet<Network>[];

  readonly subnetIds: string[];

  /** Ids without repetitions: one, where the table is shared. */
  readonly routeTableIds: string[];

  constructor(scope: Construct, id: string, props: SubnetsProps<Network>) {
    super(scope, id);
    const { name, vpcId, networks, routeTables, tags = {} } = props;
    // The id is asked for once: CDKTF makes another token each time, and what is the same would not look so.
    const sharedId =
      routeTables === "shared" ? new RouteTable(this, "Resource", { vpcId, tags: { Name: name } }).id : undefined;

    this.zones = networks.map((network) => {
      const { zone, cidrBlock } = network;
      const letter = zone.slice(-1);
      const zoneScope = new Construct(this, letter);
      const zoneTags = { Name: `${name}-${letter}` };
      const subnet = new Subnet(zoneScope, "Resource", {
        vpcId,
        availabilityZone: zone,
        cidrBlock,
        tags: { ...tags, ...zoneTags },
      });
      const routeTableId = sharedId ?? new RouteTable(zoneScope, "RouteTable", { vpcId, tags: zoneTags }).id;
      new RouteTableAssociation(zoneScope, "Association", { subnetId: subnet.id, routeTableId });
      return { network, scope: zoneScope, subnetId: subnet.id, routeTableId };
    });
    this.subnetIds = this.zones.map(({ subnetId }) => subnetId);
    this.routeTableIds = [...new Set(this.zones.map(({ routeTableId }) => routeTableId))];
  }

  /**
   * Returns the route table of all zones.
   * @throws if each has its own
   */
  get routeTableId(): string {
    const [shared, ...others] = this.routeTableIds;
    if (shared === undefined || others.length > 0) {
      throw new Error(`'${this.node.path}' has ${this.routeTableIds.length} route tables, not one; use routeTableIds`);
    }
    return shared;
  }
}
