import { deletion } from "../deletion";
import type { Kind } from "../objects";
import type { Step } from "../step";

const service: Kind = { apiVersion: "v1", kind: "Service" };
const routed: readonly Kind[] = [
  { apiVersion: "networking.k8s.io/v1", kind: "Ingress" },
  { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" },
];

/** What makes load balancers. */
export const deleteEntrances: Step = {
  id: "entrances",
  title: "Delete Services of type LoadBalancer, Ingresses and Gateways",
  verb: "delete",
  timeout: 15,
  find: async ({ objects }) => {
    if (!objects) {
      return [];
    }
    const [services = [], ...others] = await Promise.all([service, ...routed].map((kind) => objects.list(kind)));
    const balanced = services.filter(({ spec }) => spec?.["type"] === "LoadBalancer");
    return [...others.flat(), ...balanced].map((object) => deletion(objects, object));
  },
};

const claim: Kind = { apiVersion: "v1", kind: "PersistentVolumeClaim" };
const volume: Kind = { apiVersion: "v1", kind: "PersistentVolume" };

/** What makes disks: only for those who want their data gone. */
export const deleteVolumes: Step = {
  id: "volumes",
  title: "Delete PersistentVolumeClaims and their volumes",
  verb: "delete",
  timeout: 15,
  find: async ({ objects, deleteVolumes: wanted }) => {
    if (!objects || !wanted) {
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
