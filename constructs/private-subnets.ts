import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { Route } from "@cdktf/provider-aws/lib/route";
import { Construct } from "constructs";

import { discoveryTag } from "../platform/names";
import type { PublicSubnets } from "./public-subnets";
import { Subnets, type ZoneNetwork } from "./subnets";

export interface PrivateNetwork extends ZoneNetwork {
  /**
   * Part of the subnet that single addresses are kept out of.
   * @default - pods have other subnets, and all of it is for single addresses
   */
  readonly prefixes?: string | undefined;
}

export interface PrivateSubnetsProps {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly vpcId: string;

  readonly clusterName: string;

  readonly networks: readonly PrivateNetwork[];

  /** Subnets of the NAT gateways. */
  readonly publicSubnets: PublicSubnets;
}

/** Subnets for nodes, pods and load balancers inside, with a way out through NAT. */
export class PrivateSubnets extends Construct {
  readonly subnetIds: string[];

  readonly routeTableIds: string[];

  /** To depend on before single addresses are taken, which would land among the prefixes. */
  readonly reservations: readonly Ec2SubnetCidrReservation[];

  constructor(scope: Construct, id: string, props: PrivateSubnetsProps) {
    super(scope, id);
    const { name, vpcId, clusterName, networks, publicSubnets } = props;

    const subnets = new Subnets(this, "Subnets", {
      name,
      vpcId,
      networks,
      routeTables: "per-zone",
      tags: { "kubernetes.io/role/internal-elb": "1", [discoveryTag]: clusterName },
    });
    this.reservations = subnets.zones.flatMap((zone) => {
      new Route(zone.scope, "Route", {
        routeTableId: zone.routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId: publicSubnets.natGatewayId(zone.network.zone),
      });
      if (zone.network.prefixes === undefined) {
        return [];
      }
      // Prefixes need whole /28s, and single addresses strewn over a subnet leave none: cilium/cilium#46644.
      return new Ec2SubnetCidrReservation(zone.scope, "CidrReservation", {
        subnetId: zone.subnetId,
        cidrBlock: zone.network.prefixes,
        reservationType: "prefix",
      });
    });

    this.subnetIds = subnets.subnetIds;
    this.routeTableIds = subnets.routeTableIds;
  }
}
