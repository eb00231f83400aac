import type { V1DaemonSet, V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";

import type { CheckOutcome } from "../../../operations/verify/check";
import type { Snapshot } from "../../../operations/verify/snapshot";
import { checkDaemonSet, checkDeployment } from "../../../operations/verify/workload";

const spec = {
  selector: { matchLabels: { app: "a" } },
  template: { spec: { containers: [{ name: "a", image: "a:v1.2.3" }] } },
};
const ready = { conditions: [{ type: "Ready", status: "True" }] };

function found(status: V1Deployment["status"], pods: readonly V1Pod[] = []): Promise<CheckOutcome> {
  const metadata = { name: "a", namespace: "karpenter", generation: 2 };
  const snapshot: Partial<Snapshot> = {
    deployments: async () => [{ metadata, spec: { ...spec, replicas: 2 }, ...(status ? { status } : {}) }],
    pods: async () => pods,
  };
  return checkDeployment(snapshot as Snapshot, "karpenter", "a");
}

/** Each node with a ready pod of the DaemonSet's, or without. */
function onNodes(
  nodes: Readonly<Record<string, { readonly pod: boolean; readonly leaving?: boolean }>>,
  updated: number,
): Promise<CheckOutcome> {
  const all: V1Node[] = Object.entries(nodes).map(([name, { leaving }]) => ({
    metadata: { name, ...(leaving ? { deletionTimestamp: new Date() } : {}) },
  }));
  const pods: V1Pod[] = Object.entries(nodes).flatMap(([nodeName, { pod }]) =>
    pod ? [{ metadata: { labels: { app: "a" } }, spec: { nodeName, containers: [] }, status: ready }] : [],
  );
  const status: V1DaemonSet["status"] = {
    currentNumberScheduled: all.length,
    desiredNumberScheduled: all.length,
    numberMisscheduled: 0,
    numberReady: pods.length,
    observedGeneration: 2,
    updatedNumberScheduled: updated,
  };
  const snapshot: Partial<Snapshot> = {
    nodes: async () => all,
    daemonSets: async () => [{ metadata: { name: "a", generation: 2 }, spec, status }],
    pods: async () => pods,
  };
  return checkDaemonSet(snapshot as Snapshot, "karpenter", "a");
}

test("a Deployment holds when all its replicas are of its last generation", async () => {
  expect(await found({ observedGeneration: 2, availableReplicas: 2, updatedReplicas: 2 })).toEqual({
    state: "holds",
    found: "2 of 2 replicas, v1.2.3",
  });
});

test("replicas of before do not stand in for those to come", async () => {
  expect(await found({ observedGeneration: 2, availableReplicas: 2, updatedReplicas: 1 })).toEqual({
    state: "broken",
    found: "1 of 2 updated",
    cause: "it is being rolled out",
    next: "kubectl --namespace karpenter rollout status deployment/a",
  });
  expect(await found({ observedGeneration: 1, availableReplicas: 2, updatedReplicas: 2 })).toMatchObject({
    state: "broken",
    found: "changed and not read since",
  });
});

test("a roll-out that is stuck says what its new pods say", async () => {
  const waiting = { reason: "ImagePullBackOff" };
  const status = {
    containerStatuses: [{ name: "a", ready: false, restartCount: 0, image: "", imageID: "", state: { waiting } }],
  };
  const pod: V1Pod = { metadata: { name: "a-new", namespace: "karpenter", labels: { app: "a" } }, status };

  expect(await found({ observedGeneration: 2, availableReplicas: 2, updatedReplicas: 1 }, [pod])).toMatchObject({
    found: "1 of 2 updated: a-new is ImagePullBackOff",
    next: "kubectl --namespace karpenter describe pod a-new",
  });
});

test("what the platform has two of is broken with one, however well that is", async () => {
  const deployment: V1Deployment = {
    metadata: { name: "karpenter", namespace: "karpenter" },
    spec: { ...spec, replicas: 1 },
    status: { availableReplicas: 1, updatedReplicas: 1 },
  };
  const snapshot: Partial<Snapshot> = { deployments: async () => [deployment], pods: async () => [] };

  expect(await checkDeployment(snapshot as Snapshot, "karpenter", "karpenter")).toMatchObject({
    state: "broken",
    found: "1 of 1 replica",
    cause: "somebody scaled it down",
  });
});

test("a DaemonSet holds when it has a pod of its last generation on every node", async () => {
  expect(await onNodes({ one: { pod: true }, two: { pod: true } }, 2)).toMatchObject({
    found: "on all 2 nodes, v1.2.3",
  });
  expect(await onNodes({ one: { pod: true }, two: { pod: true } }, 1)).toMatchObject({
    state: "broken",
    found: "1 of 2 updated",
    next: "kubectl --namespace karpenter rollout status daemonset/a",
  });
});

test("a node that somebody takes away needs no pod, and its pod is no other node's", async () => {
  const leaving = true;

  expect(await onNodes({ one: { pod: true }, two: { pod: false, leaving } }, 2)).toMatchObject({ state: "holds" });
  expect(await onNodes({ one: { pod: false }, two: { pod: true, leaving } }, 2)).toMatchObject({
    state: "broken",
    found: "on 0 of 1 node",
  });
});
