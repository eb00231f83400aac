import { Ec2SubnetCidrReservation } from "@cdktf/provider-aws/lib/ec2-subnet-cidr-reservation";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { Construct } from "constructs";

import { podSubnetTag } from "../platform/pod-tags";
import type { PodPlan } from "./address-plan";

export interface PodSubnetsProps {
  /** Name in AWS, to which each zone's letter is added. */
  readonly name: string;

  readonly vpcId: string;

  readonly clusterName: string;

  /** Block that the VPC gets besides its own. */
  readonly podCidr: string;

  readonly networks: readonly PodPlan[];

  /** Route tables of the nodes' subnets, in the order of zones. */
  readonly routeTableIds: readonly string[];
}

/** Subnets for the interfaces that have addresses of pods, in a block of their own, with the way out that nodes have. */
export class PodSubnets extends Construct {
  constructor(scope: Construct, id: string, props: PodSubnetsProps) {
    super(scope, id);
    const { name, clusterName, podCidr: cidrBlock, networks, routeTableIds } = props;
    const association = new VpcIpv4CidrBlockAssociation(this, "Resource", { vpcId: props.vpcId, cidrBlock });

    for (const [index, { zone, cidrBlock, prefixes }] of networks.entries()) {
      const letter = zone.slice(-1);
      const zoneScope = new Construct(this, letter);
      const subnetId = new Subnet(zoneScope, "Resource", {
        // Of the association, not the VPC: the block must be there before its subnets, and go after them.
        vpcId: association.vpcId,
        availabilityZone: zone,
        cidrBlock,
        // Neither Karpenter's tag nor those for load balancers: nothing but pods is to land here.
        tags: { Name: `${name}-${letter}`, [podSubnetTag]: clusterName },
      }).id;
      // Cilium warns of a node whose interfaces have different tables (pkg/aws/ipam/node.go, findSuitableSubnet).
      new RouteTableAssociation(zoneScope, "Association", { subnetId, routeTableId: routeTableIds[index] ?? "" });
      // Prefixes need whole /28s, and the interfaces' own addresses strewn over a subnet leave none: cilium/cilium#46644.
      for (const [part, cidrBlock] of Object.entries(prefixes)) {
        new Ec2SubnetCidrReservation(zoneScope, part, { subnetId, cidrBlock, reservationType: "prefix" });
      }
    }
  }
}
