/** Tag by which Cilium finds the subnets that are for pods alone; its value is the cluster's name. Karpenter must not find them. */
export const podSubnetTag = "PodSubnetOf";

/** Tag of the nodes whose pods have addresses of `podCidr`, with that as its value: by another value they are other nodes. */
export const podCidrTag = "PodCidr";

/** Tag of the nodes whose pods have addresses of `network.podSubnets`, with those as its value, in the order of their ids. */
export const podSubnetsTag = "PodSubnets";

/** EC2 takes so many characters for a tag's value (EC2 user guide, "Tag restrictions"). */
const mostCharacters = 256;

/** Ids of subnets, of 24 characters each, that fit into the value of a tag with a space between them. */
export const mostPodSubnets = Math.floor((mostCharacters + 1) / ("subnet-0a1b2c3d4e5f60718".length + 1));

/** Returns the value of the tag: the same for the same subnets, in whatever order they are listed. */
export function podSubnetsValue(ids: readonly string[]): string {
  return ids.toSorted().join(" ");
}
