import { connect } from "../../../../operations/connection";
import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { deleteVolumes, disksIn, remainingDisks } from "../../../../operations/teardown/steps/volumes";
import { cluster } from "../../../support/settings";
import { foundBy, node, objectsOf, obstaclesOf } from "../fake-objects";

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

test("a disk that stays is named by its claim: that of its volume, else that of its tags", async () => {
  const connection = connect(cluster({ name: "demo" }), () => {});
  const claim = "kubernetes.io/created-for/pvc";
  const disk = (VolumeId: string, tags: Readonly<Record<string, string>>) => ({
    VolumeId,
    Tags: Object.entries({ "kubernetes.io/cluster/demo": "owned", ...tags }).map(([Key, Value]) => ({ Key, Value })),
  });
  const Volumes = [
    disk("vol-1", { [`${claim}/name`]: "data", [`${claim}/namespace`]: "shop" }),
    disk("vol-2", { [`${claim}/name`]: "x" }),
    disk("vol-3", { [`${claim}/name`]: "x" }),
    disk("vol-4", { [`${claim}/name`]: "" }),
  ];
  connection.aws.ec2.middlewareStack.add(() => async () => ({ response: {}, output: { Volumes } as never }), {
    step: "initialize",
    priority: "low",
  });
  const volume: ClusterObject = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "pvc-3" },
    spec: { claimRef: { namespace: "shop", name: "queue" }, csi: { volumeHandle: "vol-3" } },
  };

  const disks = await remainingDisks(connection, await disksIn(objectsOf([volume])));
  expect(disks.map(({ text }) => text)).toEqual([
    "vol-1 (shop/data)",
    "vol-2 (x)",
    "vol-3 (shop/queue)",
    "vol-4 (of no claim)",
  ]);
});
