import type { ClusterObject, ObjectClient } from "../../../operations/kubernetes/objects";
import { deletion } from "../../../operations/teardown/deletion";

const claim = (more: Partial<ClusterObject["metadata"]> = {}): ClusterObject => ({
  apiVersion: "karpenter.sh/v1",
  kind: "NodeClaim",
  metadata: { name: "default-1", finalizers: ["karpenter.sh/termination"], ...more },
});
const begun = { deletionTimestamp: new Date(0) };

function recorded() {
  const asked: string[] = [];
  const objects: ObjectClient = {
    list: async () => [],
    find: async () => undefined,
    remove: async ({ metadata }) => void asked.push(`delete ${metadata?.name}`),
    patch: async ({ metadata }, change) => void asked.push(`patch ${metadata?.name} ${JSON.stringify(change)}`),
  };
  return { objects, asked };
}

test("what nobody has deleted is deleted", async () => {
  const { objects, asked } = recorded();
  await deletion(objects, claim()).clear?.();

  expect(asked).toEqual(["delete default-1"]);
});

test("what is being deleted is waited for, and who holds it is said", () => {
  const { name, heldBy, clear } = deletion(recorded().objects, claim(begun));

  expect({ name, heldBy, clear }).toEqual({
    name: "NodeClaim default-1",
    heldBy: "finalizer karpenter.sh/termination (Karpenter drains and terminates its node)",
    clear: undefined,
  });
});

test("a finalizer that nobody knows is named too", () => {
  expect(deletion(recorded().objects, claim({ ...begun, finalizers: ["a.example/b"] })).heldBy).toBe(
    "finalizer a.example/b",
  );
});

test("what its controller cannot let go any more is let go", async () => {
  const { objects, asked } = recorded();
  const { name, clear } = deletion(objects, claim(begun), "is gone");
  await clear?.();

  expect(name).toContain("nobody lets go");
  expect(asked).toEqual(['patch default-1 {"metadata":{"finalizers":[]}}']);
});

test("what nobody has deleted yet is held by nothing: many finalizers are there from the beginning", () => {
  expect(deletion(recorded().objects, claim()).heldBy).toBeUndefined();
});

test("what the control plane lets go by itself is left to it, when nothing runs in the cluster any more", async () => {
  const { objects, asked } = recorded();
  const ofEks = "service.kubernetes.io/load-balancer-cleanup";
  await deletion(objects, claim({ ...begun, finalizers: [ofEks, "service.k8s.aws/resources"] }), "is gone").clear?.();

  expect(asked).toEqual([`patch default-1 {"metadata":{"finalizers":["${ofEks}"]}}`]);
  expect(deletion(objects, claim({ ...begun, finalizers: [ofEks] }), "is gone").clear).toBeUndefined();
});
