import type { V1Pod } from "@kubernetes/client-node";

import { runChecks } from "../../../../operations/verify/check";
import { waitingPods } from "../../../../operations/verify/checks/waiting-pods";
import type { Snapshot } from "../../../../operations/verify/snapshot";

/** @param minutes - for which it waits */
function waiting(name: string, minutes: number, requests: Record<string, string> = {}): V1Pod {
  return {
    metadata: { name, namespace: "shop" },
    spec: { containers: [{ name: "a", resources: { requests } }] },
    status: {
      conditions: [
        {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: "0/3 nodes are available",
          lastTransitionTime: new Date(Date.now() - minutes * 60_000),
        },
      ],
    },
  };
}

async function looked(pods: readonly V1Pod[], resources: Record<string, string> = { cpu: "2", memory: "4Gi" }) {
  const pool = {
    metadata: { name: "default" },
    spec: { limits: { cpu: "10", memory: "10Gi" } },
    status: { resources },
  };
  const snapshot: Partial<Snapshot> = { unreadyPods: async () => pods, customObjects: async () => [pool] };
  return (await runChecks([waitingPods], snapshot as Snapshot))[0];
}

test("a pool at its limits is of no matter while no pod waits", async () => {
  expect(await looked([], { cpu: "10" })).toMatchObject({ state: "holds", found: "none" });
});

test.each([
  [{ cpu: "10", memory: "4Gi" }, {}, "10 of 10 cpu"],
  [{ cpu: "2", memory: "10485760Ki" }, {}, "10485760Ki of 10Gi memory"],
  [{ cpu: "8" }, { cpu: "2500m" }, "8 of 10 cpu"],
])("a pod waits at once where a pool has %j and it asks for %j", async (resources, requests, text) => {
  expect(await looked([waiting("web", 0, requests)], resources)).toMatchObject({
    state: "warning",
    found: `1 pod, and NodePool default has ${text}`,
    next: expect.stringContaining("kubectl get nodepool default"),
  });
});

test("of several pods, the one counts that a pool's limits do not allow", async () => {
  expect(await looked([waiting("small", 0), waiting("large", 0, { cpu: "9" })])).toMatchObject({
    state: "warning",
    found: "2 pods, and NodePool default has 2 of 10 cpu",
  });
});

test("a pod that waits for another reason is told after five minutes, in which a machine would have come", async () => {
  expect(await looked([waiting("web", 1)])).toMatchObject({ state: "holds", found: "1, for less than five minutes" });
  expect(await looked([waiting("new", 1), waiting("web", 20)])).toMatchObject({
    state: "warning",
    found: "1 pod, for 20 min and more: shop/web has no node (0/3 nodes are available)",
    next: "kubectl --namespace shop describe pod web",
  });
});
