import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { deleteLoadBalancerObjects } from "../../../../operations/teardown/steps/load-balancer-objects";
import { foundBy, node } from "../fake-objects";

describe("an Ingress that waits for the controller of its load balancer", () => {
  const ingress: ClusterObject = {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: "web",
      namespace: "shop",
      finalizers: ["ingress.k8s.aws/resources"],
      deletionTimestamp: new Date(0),
    },
  };

  test.each([
    ["a node is ready", [node("True", 60), node("Unknown", 60)]],
    ["nodes are not ready for a moment", [node("False", 1)]],
  ])("is waited for where %s", async (_, nodes) => {
    expect(await foundBy(deleteLoadBalancerObjects, ingress, ...nodes)).toEqual([
      expect.stringMatching(/^Ingress shop\/web: finalizer ingress/),
    ]);
  });

  test.each([
    ["no node is left", []],
    ["none has been ready for long", [node("Unknown", 60)]],
  ])("is let go where %s", async (_, nodes) => {
    expect(await foundBy(deleteLoadBalancerObjects, ingress, ...nodes)).toEqual([
      expect.stringMatching(/^Ingress shop\/web, which nobody lets go/),
    ]);
  });
});
