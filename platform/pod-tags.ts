/** Tag by which Cilium finds the subnets that are for pods alone; its value is the cluster's name. Karpenter must not find them. */
export const podSubnetTag = "PodSubnetOf";

/** Tag of the nodes whose pods have addresses of `podCidr`, with that as its value: by another value they are other nodes. */
export const podCidrTag = "PodCidr";
