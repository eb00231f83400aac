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
 * Returns the tags of nodes. Cilium leaves a node the interfaces that it has (cilium/cilium#32346): by other addresses of pods they are to
 * be other nodes, and other tags make another launch template, and drift of Karpenter's.
 */
export function nodeTags(props: NodeTagsProps): Record<string, string> {
  const { podCidr, network } = props;
  return {
    ...ownershipTags(props),
    ...(podCidr === undefined ? {} : { [podCidrTag]: podCidr }),
    ...(network?.podSubnets === undefined ? {} : { [podSubnetsTag]: podSubnetsValue(network.podSubnets) }),
  };
}
