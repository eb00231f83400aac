import type { Subnet } from "@aws-sdk/client-ec2";

import { broken, type Check, holds } from "../../../verify/check";
import { nameOf } from "../../../verify/checks/network";
import { freePrefixes } from "../../../verify/checks/subnet-addresses";
import { counted, namesText } from "../../../verify/wording";

/** EKS takes up to five addresses of the control plane's subnets (EKS user guide, "Update existing cluster"). */
const ofControlPlane = 5;

/** An interface has an address of its own, and a /28 for pods. */
const ofInterface = 1 + 16;

/** New nodes come before the old ones go, in any of their subnets. */
export const roomForUpgrade: Check = {
  id: "room",
  title: "room in subnets",
  async run(snapshot) {
    const [cluster, subnets, nodeSubnets, podSubnets, interfaces] = await Promise.all([
      snapshot.cluster(),
      snapshot.subnets(),
      snapshot.nodeSubnets(),
      snapshot.podSubnets(),
      snapshot.interfaces(),
    ]);
    const ids = cluster.resourcesVpcConfig?.subnetIds ?? [];
    const tight = new Set([
      ...subnets.filter((subnet) => ids.includes(subnet.SubnetId ?? "") && free(subnet) < ofControlPlane),
      // Where pods have subnets of their own, a node takes but its own address in its.
      ...nodeSubnets.filter((subnet) => free(subnet) < 1),
      ...podSubnets.filter((subnet) => free(subnet) < ofInterface || freePrefixes(subnet, interfaces) === 0),
    ]);
    const [first] = tight;
    return first
      ? broken(
          `${namesText([...tight].map((subnet) => `${nameOf(subnet)} (${counted(free(subnet), "address", "addresses")}, ${counted(freePrefixes(subnet, interfaces), "free /28")})`))}`,
          `EKS needs ${ofControlPlane} addresses for a control plane, and a new node an address and a /28 for its pods`,
          `aws ec2 describe-network-interfaces --region ${snapshot.settings.region} --filters Name=subnet-id,Values=${first.SubnetId}`,
        )
      : holds(
          `for a control plane in ${counted(ids.length, "subnet")}, and for a node more in each of ${counted(nodeSubnets.length, "subnet")}`,
        );
  },
};

function free({ AvailableIpAddressCount }: Subnet): number {
  return AvailableIpAddressCount ?? 0;
}
