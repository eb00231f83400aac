import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

import type { Network } from "./network";
import { Subnets, type ZoneNetwork } from "./subnets";

export interface PublicSubnetsProps {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly network: Network;

  readonly networks: readonly ZoneNetwork[];

  readonly natGateways: "per-zone" | "single";
}

/** Subnets with a way to the internet, for load balancers and the NAT gateways of the private ones. */
export class PublicSubnets extends Construct {
  private readonly natGatewayIds: readonly string[];

  constructor(scope: Construct, id: string, props: PublicSubnetsProps) {
    super(scope, id);
    const { name, network, networks, natGateways } = props;
    const { internetGateway } = network;

    const subnets = new Subnets(this, "Subnets", {
      name,
      vpcId: network.vpcId,
      networks,
      routeTables: "shared",
      tags: { "kubernetes.io/role/elb": "1" },
    });
    new Route(this, "Route", {
      routeTableId: subnets.routeTableIds[0] ?? "",
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internetGateway.id,
    });

    const zonesWithNat = natGateways === "single" ? subnets.zones.slice(0, 1) : subnets.zones;
    this.natGatewayIds = zonesWithNat.map((zone, index) => {
      const tags = { Name: `${name}-${networks[index]?.zone.slice(-1)}` };
      // EC2 gives addresses and NAT gateways a way out only once the internet gateway is attached (aws_nat_gateway's documentation).
      const dependsOn = [internetGateway];
      const address = new Eip(zone.scope, "Eip", { domain: "vpc", tags, dependsOn });
      return new NatGateway(zone.scope, "NatGateway", {
        allocationId: address.allocationId,
        subnetId: zone.subnetId,
        tags,
        dependsOn,
      }).id;
    });
  }

  /** NAT gateway for the zone at this place: its own, or the only one. */
  natGatewayId(zone: number): string {
    return this.natGatewayIds[zone] ?? this.natGatewayIds[0] ?? "";
  }
}
