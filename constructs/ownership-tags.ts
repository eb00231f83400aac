import { clusterTag } from "../platform/names";

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
