import { chosenServiceCidr } from "../../schema/control-plane";
import type { Cluster } from "../../schema/settings";
import { existingBlock } from "./existing-network";

/** Returns the addresses of a cluster's Services: those of the settings, or those that EKS chooses. */
export function servicesRangeOf({
  cidrBlock = existingBlock,
  controlPlane,
}: Pick<Cluster, "cidrBlock" | "controlPlane">): string {
  return controlPlane.serviceCidr ?? chosenServiceCidr(cidrBlock);
}
