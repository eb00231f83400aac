import type { NatGateway, RouteTable, RouteTableAssociation, Subnet } from "@aws-sdk/client-ec2";
import { Address4 } from "ip-address";

import type { ExistingNetwork } from "../../../schema/network";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Snapshot } from "../snapshot";
import { counted, namesText } from "../wording";

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
      return waysOutOf(settings.network, { subnets: nodeSubnets, tables, review });
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
function waysOutOf(
  { privateSubnets }: ExistingNetwork,
  { subnets, tables, review }: { subnets: readonly Subnet[]; tables: readonly RouteTable[]; review: string },
) {
  const missing = privateSubnets.filter((id) => !subnets.some(({ SubnetId }) => SubnetId === id));
  if (missing.length > 0) {
    const cause = "its owner deleted it, or shares it with this account no more";
    return broken(`nodes have no subnet ${namesText(missing)}`, cause, review);
  }
  const problems = subnets.flatMap((subnet) => foreignWayProblem(subnet, tables) ?? []);
  return problems.length === 0
    ? holds(`${counted(subnets.length, "subnet")} by routes of the network's owner`)
    : broken(
        namesText(problems),
        "the network's owner changed it: nodes there reach neither registries nor AWS, and no new one joins",
        review,
      );
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
  const associated = (is: (association: RouteTableAssociation) => boolean) =>
    tables.find(({ Associations = [] }) => Associations.some(is));
  // A subnet that is associated with no table has the VPC's main one.
  const table = associated(({ SubnetId }) => SubnetId === subnet) ?? associated(({ Main }) => Main === true);
  return table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === "0.0.0.0/0");
}

function usedGateways(subnets: readonly Subnet[], tables: readonly RouteTable[]): number {
  return new Set(subnets.map(({ SubnetId }) => defaultRoute(SubnetId, tables)?.NatGatewayId)).size;
}

/** Returns the name of a subnet, which the stack gives it as a tag; else its id. */
export function nameOf({ SubnetId = "", Tags = [] }: Subnet): string {
  return Tags.find(({ Key }) => Key === "Name")?.Value ?? SubnetId;
}

export const clusterSecurityGroup: Check = {
  id: "cluster-security-group",
  title: "cluster security group",
  async run(snapshot) {
    const missing = await missingRules(snapshot);
    const { settings } = snapshot;
    const { clusterSecurityGroupId = "" } = (await snapshot.cluster()).resourcesVpcConfig ?? {};
    const [first] = missing;
    return first
      ? broken(
          `${clusterSecurityGroupId} does not let ${namesText(missing.map(({ what }) => what))}`,
          "somebody removed rules by hand",
          first.isOurs
            ? reviewInvocation(settings, "cluster")
            : `aws ec2 ${first.command} --region ${settings.region} --group-id ${clusterSecurityGroupId} --ip-permissions '${first.permissions}'`,
        )
      : holds(`${clusterSecurityGroupId} has its rules`);
  },
};

/** A rule that the cluster's security group lacks. The stack makes one of them; the others EKS made with the group. */
type MissingRule = { readonly what: string } & (
  | { readonly isOurs: true }
  | { readonly isOurs: false; readonly command: string; readonly permissions: string }
);

/** Returns the networks that must reach the API: the VPC's, or those of nodes where the settings do not have the VPC's. */
async function blocksOfClients(snapshot: Snapshot): Promise<readonly string[]> {
  const { cidrBlock } = snapshot.settings;
  return cidrBlock === undefined
    ? (await snapshot.nodeSubnets()).flatMap(({ CidrBlock }) => CidrBlock ?? [])
    : [cidrBlock];
}

function isIn(block: string, other: string): boolean {
  return new Address4(block).isInSubnet(new Address4(other));
}

async function missingRules(snapshot: Snapshot): Promise<readonly MissingRule[]> {
  const rules = await snapshot.clusterGroupRules();
  const blocks = await blocksOfClients(snapshot);
  const { clusterSecurityGroupId: group } = (await snapshot.cluster()).resourcesVpcConfig ?? {};
  const all = rules.filter(({ IpProtocol }) => IpProtocol === "-1");
  const among = all.some(({ IsEgress, ReferencedGroupInfo }) => !IsEgress && ReferencedGroupInfo?.GroupId === group);
  const out = all.some(({ IsEgress, CidrIpv4 }) => IsEgress && CidrIpv4 === "0.0.0.0/0");
  const ofApi = rules.filter(
    ({ IsEgress, IpProtocol, FromPort = 443, ToPort = 443 }) =>
      !IsEgress && (IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= 443 && ToPort >= 443)),
  );
  const shutOut = blocks.filter((block) => !ofApi.some(({ CidrIpv4 }) => CidrIpv4 && isIn(block, CidrIpv4)));
  return [
    ...(among
      ? []
      : [
          {
            what: "nodes reach each other and the control plane",
            isOurs: false as const,
            command: "authorize-security-group-ingress",
            permissions: `IpProtocol=-1,UserIdGroupPairs=[{GroupId=${group}}]`,
          },
        ]),
    ...(out
      ? []
      : [
          {
            what: "anything out",
            isOurs: false as const,
            command: "authorize-security-group-egress",
            permissions: "IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]",
          },
        ]),
    ...shutOut.map((block) => ({ what: `${block} reach the API`, isOurs: true as const })),
  ];
}
