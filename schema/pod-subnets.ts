import type { Cluster } from "./cluster";
import type { ExistingNetwork } from "./network";

/** Returns whether pods have subnets of their own, in which no node is: the nodes' then need room for nodes alone. */
export function hasPodSubnets({ podCidr, network }: Pick<Cluster, "network" | "podCidr">): boolean {
  return podCidr !== undefined || network?.podSubnets !== undefined;
}

/**
 * Returns the subnets of a network that is there in which Cilium makes interfaces. Of those for pods alone it chooses by room: another order
 * is no change, of which agents would have to know.
 */
export function interfaceSubnets({
  podSubnets,
  privateSubnets,
}: Pick<ExistingNetwork, "podSubnets" | "privateSubnets">): string[] {
  return podSubnets?.toSorted() ?? privateSubnets;
}
