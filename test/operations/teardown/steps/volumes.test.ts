import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { deleteVolumes } from "../../../../operations/teardown/steps/volumes";
import { foundBy, node, obstaclesOf } from "../fake-objects";

test("a claim that a pod uses says which", async () => {
  const claim: ClusterObject = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "shop", finalizers: ["kubernetes.io/pvc-protection"] },
  };
  const pod = (name: string, namespace: string, claimName: string, phase: string): ClusterObject => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { volumes: [{ name: "scratch" }, { name: "data", persistentVolumeClaim: { claimName } }] },
    status: { phase },
  });

  expect(
    await foundBy(
      deleteVolumes,
      claim,
      pod("database-0", "shop", "data", "Running"),
      pod("migration", "shop", "data", "Succeeded"),
      pod("database-0", "other", "data", "Running"),
      pod("cache-0", "shop", "cache", "Running"),
    ),
  ).toEqual([expect.stringMatching(/ used by Pod shop\/database-0$/)]);
});

test.each([
  ["goes with its disk, by the driver, while that can run", "Released", [node("True", 60)], false],
  ["is deleted where no driver can run", "Released", [], true],
  ["stays as long as its claim", "Bound", [], false],
])("a volume %s", async (_, phase, nodes, isDeleted) => {
  const volume: ClusterObject = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "pvc-1" },
    spec: { persistentVolumeReclaimPolicy: "Delete" },
    status: { phase },
  };
  const [obstacle] = await obstaclesOf(deleteVolumes, volume, ...nodes);

  expect(obstacle?.clear !== undefined).toBe(isDeleted);
});
