import type { Connection } from "../../../../operations/connection";
import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import type { Existing } from "../../../../operations/repair/existing";
import { kubernetesFinders, objectLines } from "../../../../operations/repair/finders/kubernetes";
import { objectsOf } from "../../teardown/fake-objects";

function foundOf(type: string, name: string, namespace: string | null, ...objects: ClusterObject[]) {
  const connection = { kubernetes: async () => ({ objects: objectsOf(objects) }) } as unknown as Connection;
  return kubernetesFinders[type]?.({ metadata: [{ name, namespace }] }, connection, { ids: [], isReplaced: false });
}

const secret: ClusterObject & { data: object } = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: "flux-system",
    namespace: "flux-system",
    creationTimestamp: new Date("2026-11-27T10:00:00Z"),
    annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"identity":"c2VjcmV0"}}' },
  },
  data: { identity: "c2VjcmV0", known_hosts: "Z2l0aHVi" },
};

test("a Secret is shown by its age and the names in it, and nothing that it holds", () => {
  const text = objectLines(secret).join("\n");

  expect(text).toBe(
    [
      "made: 2026-11-27T10:00:00.000Z",
      "annotations:",
      "  - kubectl.kubernetes.io/last-applied-configuration",
      "data:",
      "  - identity",
      "  - known_hosts",
    ].join("\n"),
  );
});

test("others are shown whole", () => {
  const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { cluster_name: "demo" } };

  expect(objectLines(map)).toEqual(["data:", "  cluster_name: demo"]);
});

test("an object is found by its kind, its name and its namespace", async () => {
  expect(await foundOf("kubernetes_secret_v1", "flux-system", "flux-system", secret)).toMatchObject({
    id: "flux-system/flux-system",
    tags: undefined,
  } satisfies Partial<Existing>);
  expect(await foundOf("kubernetes_secret_v1", "flux-system", "default", secret)).toBeUndefined();
  expect(await foundOf("kubernetes_config_map_v1", "flux-system", "flux-system", secret)).toBeUndefined();
});

test("what is in no namespace is imported by its name alone", async () => {
  const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "karpenter" } };

  expect(await foundOf("kubernetes_namespace_v1", "karpenter", null, namespace)).toMatchObject({ id: "karpenter" });
});

test("what is being deleted is waited for", async () => {
  const going = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "karpenter", deletionTimestamp: new Date() },
  };

  expect(await foundOf("kubernetes_namespace_v1", "karpenter", null, going)).toMatchObject({
    obstacle: { reason: "it is being deleted" },
  });
});

test("a Job is deleted rather than imported: Terraform would take one that failed for done", async () => {
  const job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: "flux-install", namespace: "flux-system" },
    status: { conditions: [{ type: "Failed", status: "True" }] },
  };
  const found = await foundOf("kubernetes_job_v1", "flux-install", "flux-system", job);

  expect(found?.remove).toBeDefined();
  expect(found?.details).toContain("state: Failed");
});
