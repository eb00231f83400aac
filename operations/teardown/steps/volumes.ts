import { paginateDescribeVolumes } from "@aws-sdk/client-ec2";

import { allPages } from "../../aws/pages";
import type { Connection } from "../../connection";
import { type ClusterObject, type ObjectClient, type ObjectKind, qualifiedName } from "../../kubernetes/objects";
import { isOurs, tagsFrom } from "../cluster-tags";
import { type ControllerState, controllerState, deletion, kindAndName } from "../deletion";
import { runningPods } from "../running-pods";
import type { Obstacle, Step } from "../step";

const volumeClaim: ObjectKind = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const volume: ObjectKind = { apiVersion: "v1", kind: "PersistentVolume" };

/** This step is only for those who want their data gone: a claim that is deleted takes its disk with it. */
export const deleteVolumes: Step = {
  id: "volumes",
  title: "Delete PersistentVolumeClaims and their volumes",
  verb: "delete",
  timeoutMinutes: 15,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [claims, volumes, pods] = await Promise.all([
      objects.list(volumeClaim),
      objects.list(volume),
      runningPods(objects),
    ]);
    // A volume that is kept by its policy stays, and so does its disk.
    const going = volumes.filter(
      ({ spec, status }) => spec?.["persistentVolumeReclaimPolicy"] === "Delete" && status?.["phase"] !== "Available",
    );
    const driver = await controllerState(objects);
    return [
      ...claims.map((claim) => claimDeletion(objects, claim, pods)),
      ...going.map((one) => volumeDeletion(objects, one, driver)),
    ];
  },
};

/** The EBS driver deletes a volume after its claim. Only if it is gone, volumes without a claim are deleted here. */
function volumeDeletion(objects: ObjectClient, one: ClusterObject, driver: ControllerState): Obstacle {
  const obstacle = deletion(objects, one, driver);
  const isOrphan = driver === "is gone" && one.status?.["phase"] !== "Bound";
  return isOrphan ? obstacle : { ...obstacle, clear: undefined };
}

interface PodVolume {
  readonly persistentVolumeClaim: { readonly claimName: string } | undefined;
}

/** A claim is not only held by finalizers, but also by the pods that use it. */
function claimDeletion(objects: ObjectClient, claim: ClusterObject, pods: readonly ClusterObject[]): Obstacle {
  const obstacle = deletion(objects, claim);
  const users = pods.filter((pod) => usesClaim(pod, claim)).map(kindAndName);
  const reasons = [obstacle.heldBy ?? [], users.length > 0 ? `used by ${users.join(", ")}` : []].flat();
  return { ...obstacle, heldBy: reasons.length > 0 ? reasons.join(", ") : undefined };
}

function usesClaim({ metadata, spec }: ClusterObject, claim: ClusterObject): boolean {
  const podVolumes = (spec?.["volumes"] ?? []) as readonly PodVolume[];
  return (
    metadata?.namespace === claim.metadata?.namespace &&
    podVolumes.some(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === claim.metadata?.name)
  );
}

/** Returns the names of all claims: `default/data`. */
export async function volumeClaimNames(objects: ObjectClient): Promise<string[]> {
  return (await objects.list(volumeClaim)).map(qualifiedName);
}

interface ClaimReference {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

/**
 * Returns the disks of the cluster's volumes, by their ids, with the claim of each: `shop/data`. By default the EBS driver gives disks no
 * tag that names the cluster.
 */
export async function disksIn(objects: ObjectClient): Promise<ReadonlyMap<string, string | undefined>> {
  const disks = (await objects.list(volume)).flatMap(({ spec }) => {
    const source = spec?.["csi"] as { readonly volumeHandle: string } | undefined;
    const claim = spec?.["claimRef"] as ClaimReference | undefined;
    return source ? [[source.volumeHandle, claimText(claim?.namespace, claim?.name)] as const] : [];
  });
  return new Map(disks);
}

/** The EBS driver tags a disk with the name and namespace of the claim that it made it for (its docs/tagging.md). */
const claimTag = "kubernetes.io/created-for/pvc";

export interface RemainingDisk {
  readonly id: string;
  /** Its id with its claim: `vol-0a1b2c3d4e5f60718 (default/data)`. */
  readonly text: string;
}

/**
 * Returns the cluster's disks that are left, with their claims. Nothing here deletes a disk.
 * @param known - the claims of disks that the cluster had volumes for, by their ids
 */
export async function remainingDisks(
  { aws, settings }: Connection,
  known: ReadonlyMap<string, string | undefined>,
): Promise<RemainingDisk[]> {
  const Filters = [{ Name: "tag-key", Values: [`${claimTag}/name`] }];
  const found = await allPages(paginateDescribeVolumes({ client: aws.ec2 }, { Filters }), (page) => page.Volumes);
  return found
    .map(({ VolumeId: id = "", Tags }) => ({ id, tags: tagsFrom(Tags) }))
    .filter(({ id, tags }) => known.has(id) || isOurs(settings.name, "disk", tags))
    .map(({ id, tags }) => {
      const claim = claimText(tags[`${claimTag}/namespace`], tags[`${claimTag}/name`]);
      return { id, text: `${id} (${known.get(id) ?? claim ?? "of no claim"})` };
    });
}

/** Returns a claim as people name it, without its namespace where that is not known. */
function claimText(namespace: string | undefined, name: string | undefined): string | undefined {
  return namespace && name ? `${namespace}/${name}` : name || undefined;
}
