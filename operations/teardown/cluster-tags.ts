// This file and ownership.ts decide what belongs to the cluster, and so may be changed. Filters elsewhere only make AWS's lists shorter.
// Tags are anybody's to copy: what lies in a VPC is the cluster's only in the cluster's own. Disks, which are named and never changed, are
// also known by the cluster's PersistentVolumes (steps/volumes.ts).

import type { Tag } from "@aws-sdk/client-ec2";

import {
  ciliumInterfaceTags,
  clusterTag,
  eksClusterNameTag,
  kubernetesClusterTag,
  type NamedCluster,
  nodePoolTag,
  terraformTags,
} from "../../platform/names";
import { isStackName, type StackKind } from "./stack-names";

/** Kinds of resources whose tags say whether they are the cluster's. */
export type Taggable =
  | "cluster"
  | "disk"
  | "instance"
  | "interface"
  | "launch template"
  | "load balancer"
  | "log group"
  | "security group"
  | "VPC";

export type Tags = Readonly<Record<string, string>>;

/** Stands for any value of a tag. */
export const anyValue = Symbol("anyValue");

type RequiredTags = Readonly<Record<string, string | typeof anyValue>>;

/** Returns sets of tags for each kind: a resource is the cluster's if it has all tags of one set. */
export function requiredTags(clusterName: string): Readonly<Record<Taggable, readonly RequiredTags[]>> {
  const owned = { [kubernetesClusterTag(clusterName)]: "owned" };
  const launchedByKarpenter = { ...owned, [eksClusterNameTag]: clusterName };
  // The first set is by EKS's own controller, the second by the AWS Load Balancer Controller.
  const madeForServices = [owned, { "elbv2.k8s.aws/cluster": clusterName }];
  return {
    cluster: [terraformTags(clusterName)],
    disk: [{ ...owned, "kubernetes.io/created-for/pvc/name": anyValue }],
    instance: [{ ...launchedByKarpenter, [nodePoolTag]: anyValue }],
    // Another cluster may give Cilium the same name for itself: the third tag is this platform's.
    interface: [{ ...ciliumInterfaceTags(clusterName), ...clusterTag(clusterName) }],
    "launch template": [launchedByKarpenter],
    "load balancer": madeForServices,
    "log group": [clusterTag(clusterName)],
    "security group": madeForServices,
    // Resources that people add for the cluster may have Terraform's tags too: the name tells them apart.
    VPC: [{ ...terraformTags(clusterName), Name: clusterName }],
  };
}

/** Returns whether a resource is the cluster's. */
export function isOurs(clusterName: string, kind: Taggable, tags: Tags): boolean {
  return requiredTags(clusterName)[kind].some((required) => hasTags(tags, required));
}

/** Returns whether a stack of the cluster made a resource: then Terraform destroys it, and teardown leaves it alone. */
export function isMadeByTerraform(clusterName: string, tags: Tags): boolean {
  return hasTags(tags, terraformTags(clusterName));
}

/** A resource that a stack may have made. */
export interface Named {
  readonly kind: StackKind;
  readonly name: string;
  readonly tags: Tags;
  /**
   * The VPC in which it lies.
   * @default - it lies in none
   */
  readonly vpc?: string | undefined;
  /**
   * What people type to delete it.
   * @default - it lies in no VPC, so that nobody is told
   */
  readonly removal?: string;
}

/**
 * Returns whether a stack of the cluster made a resource, so that it may be deleted once no state knows it. Resources that people add for
 * the cluster may have Terraform's tags too: the name tells them apart.
 */
export function isOfStack(cluster: NamedCluster, { kind, name, tags }: Named): boolean {
  return isMadeByTerraform(cluster.name, tags) && isStackName(cluster, kind, name);
}

function hasTags(tags: Tags, required: RequiredTags): boolean {
  return Object.entries(required).every(([key, value]) =>
    value === anyValue ? tags[key] !== undefined : tags[key] === value,
  );
}

/** Returns tags in one line: `Cluster=demo and ManagedBy=Terraform`. */
export function tagsText(tags: Tags): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(" and ");
}

/** Returns the tags of a list as EC2 and Elastic Load Balancing write them. */
export function tagsFrom(list: readonly Tag[] = []): Tags {
  return Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
}
