import type { NetworkInterface, Subnet } from "@aws-sdk/client-ec2";
import { Address4 } from "ip-address";

import { hasPodSubnets } from "../../../schema/pod-subnets";
import type { Cluster } from "../../../schema/settings";
import { broken, type Check, holds, warning } from "../check";
import { reviewInvocation } from "../next-commands";
import { counted, namesText } from "../wording";
import { nameOf } from "./network";

/** Of fewer free /28s in a subnet, people hear before there are none: a new node takes one at once. A small subnet never has as many. */
const fewPrefixes = 8;
const fewOfAll = 1 / 4;

/** Of fewer free addresses in a subnet where nodes take but one each, people hear. */
const fewAddresses = 4;

/** EKS takes up to five addresses of the control plane's subnets when it upgrades (EKS user guide, "Update existing cluster"). */
const addressesOfUpgrade = 5;

export const subnetAddresses: Check = {
  id: "subnet-addresses",
  title: "addresses of subnets",
  async run(snapshot) {
    const { settings } = snapshot;
    const [cluster, subnets, nodeSubnets, podSubnets, interfaces] = await Promise.all([
      snapshot.cluster(),
      snapshot.subnets(),
      snapshot.nodeSubnets(),
      snapshot.podSubnets(),
      snapshot.interfaces(),
    ]);
    const ofControlPlane = cluster.resourcesVpcConfig?.subnetIds ?? [];
    const tight = subnets.filter(
      ({ SubnetId = "", AvailableIpAddressCount = 0 }) =>
        ofControlPlane.includes(SubnetId) && AvailableIpAddressCount < addressesOfUpgrade,
    );
    const look = `aws ec2 describe-network-interfaces --region ${settings.region} --filters Name=subnet-id,Values=`;
    if (tight[0]) {
      const cause = "something else than EKS has interfaces there, and EKS can't upgrade the control plane";
      return broken(
        `${namesText(tight.map(nameOf))} of the control plane: fewer than ${addressesOfUpgrade} left`,
        cause,
        `${look}${tight[0].SubnetId}`,
      );
    }
    const apart = hasPodSubnets(settings);
    const [fullest] = apart ? nodeSubnets.toSorted((a, b) => freeAddresses(a) - freeAddresses(b)) : [];
    if (fullest && freeAddresses(fullest) < fewAddresses) {
      const outcome = freeAddresses(fullest) === 0 ? broken : warning;
      return outcome(
        `${nameOf(fullest)} has ${counted(freeAddresses(fullest), "free address", "free addresses")}`,
        "nodes, endpoints and load balancers take them: new nodes find none",
        `${look}${fullest.SubnetId}`,
      );
    }
    const judged = nextPodSubnets(settings, podSubnets, nodeSubnets).map((subnet) => ({
      subnet,
      free: freePrefixes(subnet, interfaces, settings),
    }));
    const [least] = judged.toSorted((one, other) => one.free - other.free);
    if (!least) {
      return broken("pods have no subnets", "the network stack was not applied", reviewInvocation(settings, "network"));
    }
    const found = `${nameOf(least.subnet)} has ${freePrefixesText(least.subnet, least.free, settings)}`;
    const cause =
      "nodes and pods, or what has single addresses there, take them: new nodes get no prefix for their pods";
    if (least.free < Math.min(fewPrefixes, blocksOf(least.subnet) * fewOfAll)) {
      const outcome = least.free === 0 ? broken : warning;
      return outcome(found, cause, `${look}${least.subnet.SubnetId}`);
    }
    const subnetsText = `${counted(judged.length, "subnet")} of ${apart ? "pods" : "nodes"}`;
    return holds(
      isShared(least.subnet, settings)
        ? `${freePrefixesText(least.subnet, least.free, settings)} in the fullest of ${subnetsText}: what other accounts have there is not seen`
        : `${least.free} or more free /28s in each of ${subnetsText}`,
    );
  },
};

/**
 * Returns the subnets of which the next nodes' pods get their addresses: of subnets for pods alone, Cilium takes the one with most
 * addresses left in the node's zone (Cilium, `pkg/aws/ipam/instances.go`, FindSubnetByIDs).
 */
export function nextPodSubnets(
  settings: Cluster,
  podSubnets: readonly Subnet[],
  nodeSubnets: readonly Subnet[],
): readonly Subnet[] {
  if (!hasPodSubnets(settings)) {
    return podSubnets;
  }
  const byRoom = podSubnets.toSorted((one, other) => freeAddresses(one) - freeAddresses(other));
  const roomiest = new Map(byRoom.map((subnet) => [subnet.AvailabilityZone, subnet]));
  const zones = new Set(nodeSubnets.map(({ AvailabilityZone }) => AvailabilityZone));
  return [...zones].flatMap((zone) => roomiest.get(zone) ?? []);
}

/** Returns how many addresses of a subnet nothing has. */
export function freeAddresses({ AvailableIpAddressCount = 0 }: Subnet): number {
  return AvailableIpAddressCount;
}

/** Addresses of a /28. */
const prefixSize = 16;

type Account = Pick<Cluster, "account">;

/**
 * Counts the /28s of a subnet in which nothing has an address, without the first and the last, of which AWS keeps some for itself. Of a
 * subnet that another account shares it is the most that there can be: EC2 tells of the own interfaces alone, and counts the addresses of all.
 */
export function freePrefixes(subnet: Subnet, interfaces: readonly NetworkInterface[], account: Account): number {
  const empty = emptyBlocks(subnet, interfaces);
  return isShared(subnet, account) ? Math.min(empty, Math.floor(freeAddresses(subnet) / prefixSize)) : empty;
}

/** Returns a count of free /28s: `3 free /28s`, or `at most 3 free /28s` in a subnet that another account shares. */
export function freePrefixesText(subnet: Subnet, free: number, account: Account): string {
  return `${isShared(subnet, account) ? "at most " : ""}${counted(free, "free /28")}`;
}

/** Returns whether a subnet is another account's. */
export function isShared({ OwnerId }: Subnet, { account }: Account): boolean {
  return OwnerId !== undefined && OwnerId !== account;
}

function emptyBlocks({ SubnetId, CidrBlock = "" }: Subnet, interfaces: readonly NetworkInterface[]): number {
  const network = new Address4(CidrBlock);
  const first = Number(network.startAddress().bigInt());
  const free = new Set(Array.from({ length: Math.max(blocksOf({ CidrBlock }) - 2, 0) }, (_, index) => index + 1));
  for (const one of interfaces.filter((candidate) => candidate.SubnetId === SubnetId)) {
    const addresses = [
      ...(one.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []),
      ...(one.Ipv4Prefixes ?? []).flatMap(({ Ipv4Prefix }) => Ipv4Prefix?.split("/")[0] ?? []),
    ];
    for (const address of addresses) {
      free.delete(Math.floor((Number(new Address4(address).bigInt()) - first) / prefixSize));
    }
  }
  return free.size;
}

/** Returns how many /28s a subnet is divided into. */
function blocksOf({ CidrBlock = "" }: Subnet): number {
  return 2 ** (32 - new Address4(CidrBlock).subnetMask) / prefixSize;
}
