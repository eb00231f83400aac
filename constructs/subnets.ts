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

export interface SubnetsProps {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly vpcId: string;

  readonly networks: readonly ZoneNetwork[];

  /** One route table for all, or one a zone. */
  readonly routeTables: "shared" | "per-zone";

  /**
   * What load balancers and Karpenter find the subnets by.
   * @default {}
   */
  readonly tags?: Record<string, string>;
}

/** A subnet and what stands in its zone: children of `scope` are named after tier and zone. */
export interface ZoneSubnet {
  readonly scope: Construct;
  readonly subnetId: string;
  readonly routeTableId: string;
}

/** One tier of subnets: a subnet a zone, each with a route table that leads nowhere yet. */
export class Subnets extends Construct {
  readonly zones: readonly ZoneSubnet[];

  readonly subnetIds: string[];

  /** Each once. */
  readonly routeTableIds: string[];

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { name, vpcId, networks, routeTables, tags = {} } = props;
    const shared = routeTables === "shared" && new RouteTable(this, "Resource", { vpcId, tags: { Name: name } });

    this.zones = networks.map(({ zone, cidrBlock }) => {
      const letter = zone.slice(-1);
      const zoneScope = new Construct(this, letter);
      const zoneTags = { Name: `${name}-${letter}` };
      const subnet = new Subnet(zoneScope, "Resource", {
        vpcId,
        availabilityZone: zone,
        cidrBlock,
        tags: { ...tags, ...zoneTags },
      });
      const table = shared || new RouteTable(zoneScope, "RouteTable", { vpcId, tags: zoneTags });
      new RouteTableAssociation(zoneScope, "Association", { subnetId: subnet.id, routeTableId: table.id });
      return { scope: zoneScope, subnetId: subnet.id, routeTableId: table.id };
    });
    this.subnetIds = this.zones.map(({ subnetId }) => subnetId);
    this.routeTableIds = [...new Set(this.zones.map(({ routeTableId }) => routeTableId))];
  }
}
