import type { Subnet } from "@aws-sdk/client-ec2";

import type { Release } from "../../../../releases/release";
import { prefixesPerNode } from "../../../../schema/address-room";
import { addressesPerPrefix } from "../../../../schema/instance-types";
import { broken, type Check, type CheckOutcome, holds } from "../../../verify/check";
import { nameOf } from "../../../verify/checks/network";
import {
  freeAddresses,
  freePrefixes,
  freePrefixesText,
  isShared,
  nextPodSubnets,
} from "../../../verify/checks/subnet-addresses";
import type { Snapshot } from "../../../verify/snapshot";
import { counted, namesText } from "../../../verify/wording";
import { targetOf } from "../target";

/** EKS takes up to five addresses of the control plane's subnets (EKS user guide, "Update existing cluster"). */
const ofControlPlane = 5;

/**
 * New nodes come before the old ones go: with another Kubernetes a whole second node group, and one of Karpenter's at a time.
 * @param next - the release that is ahead; undefined if there is none
 */
export function roomForUpgrade(next: Release | undefined): Check {
  return { id: "room", title: "room in subnets", run: (snapshot) => checkRoom(snapshot, next) };
}

async function checkRoom(snapshot: Snapshot, next: Release | undefined): Promise<CheckOutcome> {
  const [{ upgradesKubernetes }, cluster, subnets, nodeSubnets, podSubnets, interfaces] = await Promise.all([
    targetOf(snapshot, next),
    snapshot.cluster(),
    snapshot.subnets(),
    snapshot.nodeSubnets(),
    snapshot.podSubnets(),
    snapshot.interfaces(),
  ]);
  const ids = cluster.resourcesVpcConfig?.subnetIds ?? [];
  const { settings } = snapshot;
  const { minSize } = settings.nodes;
  const blocks = (subnet: Subnet) => freePrefixes(subnet, interfaces, settings);
  // A group spreads its nodes over zones, and of a zone's subnets takes whichever it likes.
  const zones = new Set(nodeSubnets.map(({ AvailabilityZone }) => AvailabilityZone));
  const nodes = upgradesKubernetes ? Math.ceil(minSize / Math.max(zones.size, 1)) + 1 : 1;
  const prefixes = nodes * prefixesPerNode;
  const ofPods = nextPodSubnets(settings, podSubnets, nodeSubnets);
  const tight = new Set([
    ...subnets.filter((subnet) => ids.includes(subnet.SubnetId ?? "") && freeAddresses(subnet) < ofControlPlane),
    // Where pods have subnets of their own, a node takes but its own address in its.
    ...nodeSubnets.filter((subnet) => freeAddresses(subnet) < nodes),
    ...ofPods.filter(
      (subnet) => freeAddresses(subnet) < nodes + prefixes * addressesPerPrefix || blocks(subnet) < prefixes,
    ),
  ]);
  const [first] = tight;
  return first
    ? broken(
        `${namesText([...tight].map((subnet) => `${nameOf(subnet)} (${counted(freeAddresses(subnet), "address", "addresses")}, ${freePrefixesText(subnet, blocks(subnet), settings)})`))}`,
        `EKS needs ${ofControlPlane} addresses for a control plane, and ${counted(nodes, "new node")} a subnet ${nodes === 1 ? "needs" : "need"} ${counted(nodes, "address", "addresses")} and ${counted(prefixes, "/28")} for their pods`,
        `aws ec2 describe-network-interfaces --region ${settings.region} --filters Name=subnet-id,Values=${first.SubnetId}`,
      )
    : holds(
        `for a control plane in ${counted(ids.length, "subnet")}, and for ${counted(nodes, "node")} more in each of ${counted(nodeSubnets.length, "subnet")}${
          podSubnets.some((subnet) => isShared(subnet, settings))
            ? ", unless other accounts have addresses in what looks like free /28s"
            : ""
        }`,
      );
}
