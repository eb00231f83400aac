import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { deleteNodePools } from "../../../../operations/teardown/steps/karpenter";
import { foundBy, minutesAgo } from "../fake-objects";

describe("a NodeClaim that waits for Karpenter", () => {
  const claim: ClusterObject = {
    apiVersion: "karpenter.sh/v1",
    kind: "NodeClaim",
    metadata: { name: "default-1", finalizers: ["karpenter.sh/termination"], deletionTimestamp: new Date(0) },
  };
  const deployment = (spec: object, available: string, minutes: number): ClusterObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "karpenter", namespace: "karpenter", labels: { "app.kubernetes.io/name": "karpenter" } },
    spec: { replicas: 2, ...spec },
    status: {
      conditions: [
        {
          type: "Available",
          status: available,
          lastTransitionTime: minutesAgo(minutes),
        },
      ],
    },
  });

  test.each([
    ["runs", [deployment({}, "True", 60)]],
    ["moves to another node itself", [deployment({}, "False", 1)]],
  ])("is waited for while it %s", async (_, deployments) => {
    expect(await foundBy(deleteNodePools, claim, ...deployments)).toEqual([
      expect.stringMatching(/^NodeClaim default-1: finalizer karpenter/),
    ]);
  });

  test.each([
    ["has no node for long", [deployment({}, "False", 20)]],
    ["is scaled down", [deployment({ replicas: 0 }, "True", 1)]],
    ["is not there", []],
  ])("is let go when Karpenter %s", async (_, deployments) => {
    expect(await foundBy(deleteNodePools, claim, ...deployments)).toEqual([
      expect.stringMatching(/^NodeClaim default-1, which nobody lets go/),
    ]);
  });
});
