import { paginateDescribeVolumes } from "@aws-sdk/client-ec2";

import { allPages } from "../../aws/pages";
import type { ClusterObject, ObjectClient, ObjectKind } from "../../kubernetes/objects";
import { controllersIn, deletion, nameOf } from "../deletion";
import { tagsIn } from "../ownership";
import type { Place, Step, Thing } from "../step";
import { runningPods } from "./running-pods";

const claim: ObjectKind = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const volume: ObjectKind = { apiVersion: "v1", kind: "PersistentVolume" };

/** What makes disks: only for those who want their data gone. */
export const deleteVolumes: Step = {
  id: "volumes",
  title: "Delete PersistentVolumeClaims and their volumes",
  verb: "delete",
  timeout: 15,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [claims, volumes, pods] = await Promise.all([
      objects.list(claim),
      objects.list(volume),
      runningPods(objects),
    ]);
    // A volume that is kept by its policy stays, and so does its disk. The others go after their claims and their disks, by themselves.
    const going = volumes.filter(
      ({ spec, status }) => spec?.["persistentVolumeReclaimPolicy"] === "Delete" && status?.["phase"] !== "Available",
    );
    const controller = await controllersIn(objects);
    return [
      ...claims.map((object) => claimDeletion(objects, object, pods)),
      ...going.map((object) => {
        const thing = deletion(objects, object, controller);
        const isOrphan = controller === "is gone" && object.status?.["phase"] !== "Bound";
        return isOrphan ? thing : { ...thing, act: undefined };
      }),
    ];
  },
};

interface PodVolume {
  readonly persistentVolumeClaim: { readonly claimName: string } | undefined;
}

function claimDeletion(objects: ObjectClient, object: ClusterObject, pods: readonly ClusterObject[]): Thing {
  const { name, namespace } = object.metadata ?? {};
  const users = pods.filter(
    ({ metadata, spec }) =>
      metadata?.namespace === namespace &&
      (spec?.["volumes"] as readonly PodVolume[] | undefined)?.some(
        ({ persistentVolumeClaim: used }) => used?.claimName === name,
      ),
  );
  const thing = deletion(objects, object);
  const used = users.length === 0 ? [] : [`used by ${users.map(nameOf).join(", ")}`];
  return { ...thing, held: [thing.held, ...used].filter((words) => words !== undefined).join(", ") || undefined };
}

/** `default/data`: claims whose disks stay when nobody asks for them to go. */
export async function claimsIn(objects: ObjectClient): Promise<string[]> {
  const claims = await objects.list(claim);
  return claims.map(({ metadata: { namespace, name } = {} }) => `${namespace}/${name}`);
}

/** Tags of a disk that the EBS driver has made for a claim (its docs/tagging.md). */
const createdFor = "kubernetes.io/created-for/pvc";

/** Ids of the disks that the cluster knows: by default the EBS driver gives them no tag of the cluster's. */
export async function disksIn(objects: ObjectClient): Promise<ReadonlySet<string>> {
  const volumes = await objects.list(volume);
  const sources = volumes.map(({ spec }) => spec?.["csi"] as { readonly volumeHandle: string } | undefined);
  return new Set(sources.flatMap((source) => source?.volumeHandle ?? []));
}

/**
 * `vol-0a1b2c3d4e5f60718 (default/data)`: disks of claims that nothing here deletes.
 * @param known - ids of those that the cluster knew
 */
export async function disksLeft({ connection: { aws }, owned }: Place, known: ReadonlySet<string>): Promise<string[]> {
  const Filters = [{ Name: "tag-key", Values: [`${createdFor}/name`] }];
  const found = await allPages(paginateDescribeVolumes({ client: aws.ec2 }, { Filters }), (page) => page.Volumes);
  return found
    .map(({ VolumeId: id = "", Tags }) => ({ id, tags: tagsIn(Tags) }))
    .filter(({ id, tags }) => known.has(id) || owned.has("disk", id, tags))
    .map(({ id, tags }) => `${id} (${tags[`${createdFor}/namespace`]}/${tags[`${createdFor}/name`]})`);
}
