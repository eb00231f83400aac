import { deletion } from "../deletion";
import type { Kind, Objects } from "../objects";
import type { Step } from "../step";

const claim: Kind = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const volume: Kind = { apiVersion: "v1", kind: "PersistentVolume" };

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
    const [claims, volumes] = await Promise.all([objects.list(claim), objects.list(volume)]);
    // A volume that is kept by its policy stays, and so does its disk. The others go after their claims, by themselves.
    const going = volumes.filter(
      ({ spec, status }) => spec?.["persistentVolumeReclaimPolicy"] === "Delete" && status?.["phase"] !== "Available",
    );
    return [
      ...claims.map((object) => deletion(objects, object)),
      ...going.map((object) => ({ ...deletion(objects, object), act: undefined })),
    ];
  },
};

/** `default/data`: claims whose disks stay when nobody asks for them to go. */
export async function claimsIn(objects: Objects): Promise<string[]> {
  const claims = await objects.list(claim);
  return claims.map(({ metadata: { namespace, name } = {} }) => `${namespace}/${name}`);
}
