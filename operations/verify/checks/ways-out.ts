import type { NatGateway, RouteTable, RouteTableAssociation, Subnet } from "@aws-sdk/client-ec2";

import type { ExistingNetwork } from "../../../schema/network";
import { broken, type Check, type CheckOutcome, holds, notAsked } from "../check";
import { reviewInvocation } from "../next-commands";
import { counted, namesText } from "../wording";
import { nameOf } from "./network";

export const waysOut: Check = {
  id: "ways-out",
  title: "ways out of the VPC",
  async run(snapshot) {
    const { settings } = snapshot;
    const [nodeSubnets, podSubnets, tables, gateways] = await Promise.all([
      snapshot.nodeSubnets(),
      snapshot.podSubnets(),
      snapshot.routeTables(),
      // Those of a network that another account shares are seen by that account alone.
      settings.network === undefined ? snapshot.natGateways() : [],
    ]);
    const review = reviewInvocation(settings, "network");
    if (settings.network !== undefined) {
      return waysOutOf(settings.network, { nodeSubnets, podSubnets, tables, review });
    }
    for (const [what, subnets] of [
      ["nodes", nodeSubnets],
      ["pods", podSubnets],
    ] as const) {
      const without = settings.zones.filter((zone) => !subnets.some((subnet) => subnet.AvailabilityZone === zone));
      if (without.length > 0) {
        const cause = "it was deleted, or lost its tag, or the network stack was not applied";
        return broken(`${what} have no subnet in ${namesText(without)}`, cause, review);
      }
    }
    const subnets = [...new Set([...nodeSubnets, ...podSubnets])];
    const problems = subnets.flatMap((subnet) => wayProblem(subnet, tables, gateways) ?? []);
    return problems.length === 0
      ? holds(`${counted(subnets.length, "subnet")} through ${counted(usedGateways(subnets, tables), "NAT gateway")}`)
      : broken(
          namesText(problems),
          "somebody changed it by hand: nodes there reach neither registries nor AWS, and no new one joins",
          review,
        );
  },
};

/** Judges the ways out of a network that is there: they may lead through whatever its owner has put into them. */
function waysOutOf({ privateSubnets, podSubnets = [] }: ExistingNetwork, seen: SeenNetwork): CheckOutcome {
  const { nodeSubnets, tables, review } = seen;
  for (const [what, ids, found] of [
    ["nodes", privateSubnets, nodeSubnets],
    ["pods", podSubnets, seen.podSubnets],
  ] as const) {
    const missing = ids.filter((id) => !found.some(({ SubnetId }) => SubnetId === id));
    if (missing.length > 0) {
      const cause = "its owner deleted it, or shares it with this account no more";
      return broken(`${what} have no subnet ${namesText(missing)}`, cause, review);
    }
  }
  const subnets = [...new Set([...nodeSubnets, ...seen.podSubnets])];
  const [unseen, judged] = [true, false].map((is) =>
    subnets.filter(({ SubnetId }) => (tableOf(SubnetId, tables) === undefined) === is),
  ) as [Subnet[], Subnet[]];
  const problems = judged.flatMap((subnet) => foreignWayProblem(subnet, tables) ?? []);
  if (problems.length > 0) {
    return broken(
      namesText(problems),
      "the network's owner changed it: nodes there reach neither registries nor AWS, and no new one joins",
      review,
    );
  }
  const found = `${counted(judged.length, "subnet")} by routes of the network's owner`;
  return unseen.length === 0
    ? holds(found)
    : notAsked(
        `${found}; the way out of ${namesText(unseen.map(nameOf))}, by the VPC's main route table, AWS shows to its owner alone`,
        "have the owner associate a route table with each subnet, or confirm that 0.0.0.0/0 leads to a NAT gateway, a transit gateway or the like",
      );
}

/** What EC2 shows of a network that is there. */
interface SeenNetwork {
  readonly nodeSubnets: readonly Subnet[];
  readonly podSubnets: readonly Subnet[];
  readonly tables: readonly RouteTable[];
  /** Command that has Terraform look at the network. */
  readonly review: string;
}

function foreignWayProblem(subnet: Subnet, tables: readonly RouteTable[]): string | undefined {
  const name = nameOf(subnet);
  const route = defaultRoute(subnet.SubnetId, tables);
  if (!route) {
    return `${name} has no default route`;
  }
  if (route.State === "blackhole") {
    return `the default route of ${name} leads to what is gone`;
  }
  return route.GatewayId?.startsWith("igw-")
    ? `the default route of ${name} leads to an internet gateway, through which nothing without a public address gets`
    : undefined;
}

/** Says why what is in a subnet reaches no address of the internet; nothing if it does. */
function wayProblem(
  subnet: Subnet,
  tables: readonly RouteTable[],
  gateways: readonly NatGateway[],
): string | undefined {
  const name = nameOf(subnet);
  const route = defaultRoute(subnet.SubnetId, tables);
  if (!route) {
    return `${name} has no default route`;
  }
  if (route.NatGatewayId === undefined) {
    return `the default route of ${name} leads to no NAT gateway`;
  }
  const gateway = gateways.find(({ NatGatewayId }) => NatGatewayId === route.NatGatewayId);
  if (gateway?.State !== "available" || route.State === "blackhole") {
    return `${route.NatGatewayId}, the NAT gateway of ${name}, is ${gateway ? gateway.State : "gone"}`;
  }
  const onward = defaultRoute(gateway.SubnetId, tables);
  const isOpen = onward?.GatewayId?.startsWith("igw-") && onward.State !== "blackhole";
  return isOpen
    ? undefined
    : `${route.NatGatewayId}, the NAT gateway of ${name}, is in a subnet without internet gateway`;
}

function defaultRoute(subnet: string | undefined, tables: readonly RouteTable[]) {
  const routes = tableOf(subnet, tables)?.Routes;
  return routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
}

/** Returns the route table of a subnet; nothing if it has the main one of another account, which EC2 does not show. */
function tableOf(subnet: string | undefined, tables: readonly RouteTable[]): RouteTable | undefined {
  const associated = (is: (association: RouteTableAssociation) => boolean) =>
    tables.find(({ Associations = [] }) => Associations.some(is));
  // A subnet that is associated with no table has the VPC's main one.
  return associated(({ SubnetId }) => SubnetId === subnet) ?? associated(({ Main }) => Main === true);
}

function usedGateways(subnets: readonly Subnet[], tables: readonly RouteTable[]): number {
  return new Set(subnets.map(({ SubnetId }) => defaultRoute(SubnetId, tables)?.NatGatewayId)).size;
}
