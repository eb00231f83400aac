import type { V1Pod } from "@kubernetes/client-node";

import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { podsOfNewNodes } from "../../../../operations/verify/checks/new-nodes";
import type { Snapshot } from "../../../../operations/verify/snapshot";

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

interface Given {
  readonly name?: string;
  readonly namespace?: string;
  /** Minutes after its node was made, which was an hour ago. */
  readonly started?: number;
  /** Minutes after it was started. */
  readonly lastReadiness?: number;
  readonly hostNetwork?: boolean;
  readonly isOwned?: boolean;
  readonly state?: "runs" | "has no sandbox" | "crashes";
}

/** Returns a pod that is not ready. */
function pod(given: Given = {}): V1Pod {
  const { name = "web", namespace = "default", started = 2, lastReadiness = 0, state = "runs" } = given;
  const startTime = minutesAgo(60 - started);
  const since = new Date(startTime.getTime() + lastReadiness * 60_000);
  const waiting = { reason: state === "crashes" ? "CrashLoopBackOff" : "ContainerCreating" };
  return {
    metadata: {
      name,
      namespace,
      ...(given.isOwned === false
        ? {}
        : {
            ownerReferences: [{ apiVersion: "apps/v1", kind: "ReplicaSet", name: "web", uid: "1", controller: true }],
          }),
    },
    spec: { nodeName: "node-a", hostNetwork: given.hostNetwork ?? false, containers: [] },
    status: {
      phase: state === "has no sandbox" ? "Pending" : "Running",
      startTime,
      conditions: [
        { type: "Ready", status: "False", lastTransitionTime: since },
        { type: "PodReadyToStartContainers", status: state === "has no sandbox" ? "False" : "True" },
      ],
      containerStatuses: [
        {
          name: "web",
          image: "",
          imageID: "",
          ready: false,
          restartCount: 0,
          state: state === "runs" ? { running: { startedAt: startTime } } : { waiting },
        },
      ],
    },
  };
}

/** @param nodeAge - minutes */
async function looked(pods: readonly V1Pod[], nodeAge = 60): Promise<CheckResult | undefined> {
  const snapshot: Partial<Snapshot> = {
    unreadyPods: async () => pods,
    nodes: async () => [{ metadata: { name: "node-a", creationTimestamp: minutesAgo(nodeAge) } }],
  };
  return (await runChecks([podsOfNewNodes], snapshot as Snapshot))[0];
}

test.each<Given>([{ state: "runs" }, { state: "has no sandbox" }])(
  "a pod that %j since its node was new is named, with the command that has it made again",
  async (given) => {
    expect(await looked([pod(given)])).toMatchObject({
      state: "warning",
      found: "default/web has not become ready",
      cause: expect.stringContaining("cilium/cilium#29405"),
      next: "kubectl --namespace default delete pod web",
    });
  },
);

test.each<[string, Given]>([
  ["whose node was old", { started: 6 }],
  ["that was ready once", { lastReadiness: 10 }],
  ["on the host's network", { hostNetwork: true }],
  ["that ends by itself", { state: "crashes" }],
])("nothing is said of one %s", async (_, given) => {
  expect(await looked([pod(given)])).toMatchObject({ state: "holds" });
});

test("nothing is said of a pod that started a minute ago", async () => {
  const young = { ...pod(), status: { ...pod().status, startTime: minutesAgo(1) } };

  expect(await looked([young], 2)).toMatchObject({ state: "holds" });
});

test("a pod of the platform's namespaces is broken, and its command comes first", async () => {
  expect(await looked([pod(), pod({ name: "relay", namespace: "kube-system" })])).toMatchObject({
    state: "broken",
    found: "default/web and kube-system/relay have not become ready",
    next: "kubectl --namespace kube-system delete pod relay",
  });
});

test("a pod that nobody would make again is to be looked at, not deleted", async () => {
  expect(await looked([pod({ isOwned: false })])).toMatchObject({
    next: "kubectl --namespace default describe pod web",
  });
  expect(await looked([pod({ name: "a", isOwned: false }), pod({ name: "b" }), pod({ name: "c" })])).toMatchObject({
    next: "kubectl --namespace default delete pod b c",
  });
});

test("of many, three are named", async () => {
  const pods = Array.from({ length: 20 }, (_, index) => pod({ name: `web-${index}` }));

  expect((await looked(pods))?.found).toBe(
    "default/web-0, default/web-1, default/web-2 and 17 more have not become ready",
  );
});
