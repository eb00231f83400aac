import type { V1Node } from "@kubernetes/client-node";

import { runChecks } from "../../../../operations/verify/check";
import { kubeletVersions, nodeConditions, schedulableNodes } from "../../../../operations/verify/checks/node-health";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

interface Given {
  readonly cordoned?: boolean;
  readonly leaving?: boolean;
  readonly kubelet?: string;
  readonly conditions?: readonly string[];
}

function node(name: string, { cordoned, leaving, kubelet = "v1.36.3-eks-1a2b3c4", conditions = [] }: Given): V1Node {
  return {
    metadata: { name, ...(leaving ? { deletionTimestamp: new Date() } : {}) },
    spec: { ...(cordoned ? { unschedulable: true } : {}) },
    status: {
      nodeInfo: { kubeletVersion: kubelet } as NonNullable<NonNullable<V1Node["status"]>["nodeInfo"]>,
      conditions: [
        { type: "Ready", status: "True" },
        { type: "DiskPressure", status: "False" },
        ...conditions.map((type) => ({ type, status: "True" })),
      ],
    },
  };
}

async function looked(nodes: Readonly<Record<string, Given>>) {
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    nodes: async () => Object.entries(nodes).map(([name, given]) => node(name, given)),
    cluster: async () => ({ version: "1.36" }),
  };
  const results = await runChecks([schedulableNodes, nodeConditions, kubeletVersions], snapshot as Snapshot);
  return { schedulable: results[0], conditions: results[1], kubelets: results[2] };
}

test("nodes that take pods, without pressure and of the control plane's version, hold", async () => {
  const { schedulable, conditions, kubelets } = await looked({ a: {}, b: {} });

  expect([schedulable, conditions, kubelets].map((result) => result?.state)).toEqual(["holds", "holds", "holds"]);
});

test("a cordoned node is a warning, and all of them are broken", async () => {
  expect((await looked({ a: { cordoned: true }, b: {} })).schedulable).toMatchObject({
    state: "warning",
    found: "a is cordoned",
    next: "kubectl uncordon a",
  });
  expect((await looked({ a: { cordoned: true }, b: { cordoned: true } })).schedulable).toMatchObject({
    state: "broken",
    found: "all 2 nodes are cordoned",
  });
});

test("a node that Karpenter takes away may be cordoned", async () => {
  expect((await looked({ a: { cordoned: true, leaving: true }, b: {} })).schedulable?.state).toBe("holds");
});

test.each(["DiskPressure", "MemoryPressure", "PIDPressure", "NetworkUnavailable"])("%s is broken", async (type) => {
  expect((await looked({ a: {}, b: { conditions: [type] } })).conditions).toMatchObject({
    state: "broken",
    found: `b: ${type}`,
    next: "kubectl describe node b",
  });
});

test.each([
  ["v1.35.2-eks-1a2b3c4", "not replaced since"],
  ["v1.31.9-eks-1a2b3c4", "up to 3 minor versions behind"],
  ["v1.37.0", "never ahead"],
])("a kubelet %s is broken: %s", async (kubelet, cause) => {
  expect((await looked({ a: { kubelet } })).kubelets).toMatchObject({
    state: "broken",
    found: `a has ${kubelet}, and the control plane 1.36`,
    cause: expect.stringContaining(cause),
  });
});

test("of a cluster without nodes nothing is said to hold", async () => {
  const { schedulable, conditions, kubelets } = await looked({});

  expect([schedulable, conditions, kubelets].map((result) => result?.state)).toEqual(Array(3).fill("could not ask"));
});
