import { clusterTag } from "../platform/names";
import { podCidrTag, podSubnetsTag, podSubnetsValue } from "../platform/pod-tags";
import type { ExistingNetwork } from "../schema/network";

export interface OwnershipProps {
  /** Name of the cluster. */
  readonly name: string;

  /** Tags of the settings. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Returns the tags of all that belongs to a cluster, whoever makes it: Terraform, EKS, Cilium or Karpenter. */
export function ownershipTags({ name, tags }: OwnershipProps): Record<string, string> {
  return { ...tags, ...clusterTag(name) };
}

export interface NodeTagsProps extends OwnershipProps {
  /**
   * Block of pods.
   * @default - that of the VPC
   */
  readonly podCidr?: string | undefined;

  /**
   * Network that is there, which may have subnets for pods alone.
   * @default - the stacks make one
   */
  readonly network?: Pick<ExistingNetwork, "podSubnets"> | undefined;
}

/**
 * Returns the tags of nodes. By other addresses of pods they are to be other nodes, and other tags make another launch template, and drift of
 * Karpenter's: Cilium moves nothing on a node that is there (cilium/cilium#32346), and once its agent restarts leaves the first interface.
 */
export function nodeTags(props: NodeTagsProps): Record<string, string> {
  const { podCidr, network } = props;
  return {
    ...ownershipTags(props),
    ...(podCidr === undefined ? {} : { [podCidrTag]: podCidr }),
    ...(network?.podSubnets === undefined ? {} : { [podSubnetsTag]: podSubnetsValue(network.podSubnets) }),
  };
}
