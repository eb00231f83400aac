import type { Connection } from "../../../operations/connection/connection";
import type { Found } from "../../../operations/teardown/objects";
import { ownership } from "../../../operations/teardown/owned";
import { type Step, thingText } from "../../../operations/teardown/step";
import { deleteNodePools } from "../../../operations/teardown/steps/karpenter";
import { deleteVolumes } from "../../../operations/teardown/steps/volumes";
import { objectsOf } from "./fake-objects";

async function found(step: Step, ...objects: readonly Found[]): Promise<string[]> {
  const things = await step.find({
    // These steps ask the cluster alone.
    connection: {} as Connection,
    owned: ownership("demo"),
    objects: objectsOf(objects),
    signal: new AbortController().signal,
    say: () => {},
  });
  return things.map(thingText);
}

describe("a NodeClaim that waits for Karpenter", () => {
  const claim: Found = {
    apiVersion: "karpenter.sh/v1",
    kind: "NodeClaim",
    metadata: { name: "default-1", finalizers: ["karpenter.sh/termination"], deletionTimestamp: new Date(0) },
  };
  const deployment = (spec: object, available: string, minutes: number): Found => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "karpenter", namespace: "karpenter" },
    spec: { replicas: 2, ...spec },
    status: {
      conditions: [
        {
          type: "Available",
          status: available,
          lastTransitionTime: new Date(Date.now() - minutes * 60_000).toISOString(),
        },
      ],
    },
  });

  test.each([
    ["runs", [deployment({}, "True", 60)]],
    ["moves to another node itself", [deployment({}, "False", 1)]],
  ])("is waited for while it %s", async (_, deployments) => {
    expect(await found(deleteNodePools, claim, ...deployments)).toEqual([
      expect.stringMatching(/^NodeClaim default-1: finalizer karpenter/),
    ]);
  });

  test.each([
    ["has no node for long", [deployment({}, "False", 20)]],
    ["is scaled down", [deployment({ replicas: 0 }, "True", 1)]],
    ["is not there", []],
  ])("is let go when Karpenter %s", async (_, deployments) => {
    expect(await found(deleteNodePools, claim, ...deployments)).toEqual([
      expect.stringMatching(/^NodeClaim default-1, which nobody lets go/),
    ]);
  });
});

test("a claim that a pod uses says which", async () => {
  const claim: Found = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "shop", finalizers: ["kubernetes.io/pvc-protection"] },
  };
  const pod = (name: string, namespace: string, claimName: string, phase: string): Found => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace },
    spec: { volumes: [{ name: "scratch" }, { name: "data", persistentVolumeClaim: { claimName } }] },
    status: { phase },
  });

  expect(
    await found(
      deleteVolumes,
      claim,
      pod("database-0", "shop", "data", "Running"),
      pod("migration", "shop", "data", "Succeeded"),
      pod("database-0", "other", "data", "Running"),
      pod("cache-0", "shop", "cache", "Running"),
    ),
  ).toEqual([expect.stringMatching(/ used by Pod shop\/database-0$/)]);
});
