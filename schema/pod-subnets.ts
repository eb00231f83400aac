import type { Cluster } from "./cluster";

/** Returns whether pods have subnets of their own, in which no node is: the nodes' then need room for nodes alone. */
export function hasPodSubnets({ podCidr, network }: Pick<Cluster, "network" | "podCidr">): boolean {
  return podCidr !== undefined || network?.podSubnets !== undefined;
}
