import { network, overlap } from "../../schema/address";
import { usualServiceCidrs } from "../../schema/control-plane";
import type { Cluster } from "../../schema/settings";
import { existingBlock } from "./existing-network";

/** Returns the addresses of a cluster's Services: those of the settings, or those that EKS chooses. */
export function servicesRangeOf({
  cidrBlock = existingBlock,
  controlPlane,
}: Pick<Cluster, "cidrBlock" | "controlPlane">): string {
  const clear = usualServiceCidrs.find((range) => !overlap(network(range), network(cidrBlock)));
  return controlPlane.serviceCidr ?? clear ?? usualServiceCidrs[0];
}
