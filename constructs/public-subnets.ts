import { Eip } from "@cdktf/provider-aws/lib/eip";
import type { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

import type { Network } from "./network";
import { Subnets, type ZoneNetwork, type ZoneSubnet } from "./subnets";

export interface PublicSubnetsProps {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly network: Network;

  readonly networks: readonly ZoneNetwork[];

  readonly natGateways: "per-zone" | "single";
}

/** Subnets with a way to the internet, for load balancers and the NAT gateways of the private ones. */
export class PublicSubnets extends Construct {
  /** Keys are zones. */
  private readonly natGatewayIds = new Map<string, string>();

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
      routeTableId: subnets.routeTableId,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internetGateway.id,
    });

    let gateway: NatGateway | undefined;
    for (const zone of subnets.zones) {
      if (gateway === undefined || natGateways === "per-zone") {
        gateway = this.natGateway(name, zone, internetGateway);
      }
      this.natGatewayIds.set(zone.network.zone, gateway.id);
    }
  }

  /**
   * Returns the NAT gateway for a zone: its own, or the only one.
   * @throws if there is no subnet in the zone
   */
  natGatewayId(zone: string): string {
    const id = this.natGatewayIds.get(zone);
    if (id === undefined) {
      throw new Error(
        `no public subnet is in '${zone}'; there are ones in ${[...this.natGatewayIds.keys()].join(", ")}`,
      );
    }
    return id;
  }

  private natGateway(
    name: string,
    { network, scope, subnetId }: ZoneSubnet,
    internetGateway: InternetGateway,
  ): NatGateway {
    const tags = { Name: `${name}-${network.zone.slice(-1)}` };
    // EC2 gives addresses and NAT gateways a way out only once the internet gateway is attached (aws_nat_gateway's documentation).
    const dependsOn = [internetGateway];
    const { allocationId } = new Eip(scope, "Eip", { domain: "vpc", tags, dependsOn });
    return new NatGateway(scope, "NatGateway", { allocationId, subnetId, tags, dependsOn });
  }
}
