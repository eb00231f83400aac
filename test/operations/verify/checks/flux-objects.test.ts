import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { runChecks } from "../../../../operations/verify/check";
import { helmReleasesReady, ociRepositoriesReady } from "../../../../operations/verify/checks/flux";
import { nodeClassesReady, nodePoolsReady } from "../../../../operations/verify/checks/karpenter";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { minutesAgo } from "../../../../rehearsal/world/objects/status";
import { cluster } from "../../../support/settings";

const settings = cluster();

async function looked(check: typeof nodePoolsReady, ...objects: ClusterObject[]) {
  const snapshot: Partial<Snapshot> = { settings, customObjects: async () => objects };
  return (await runChecks([check], snapshot as Snapshot))[0];
}

const karpenter = { name: "karpenter", namespace: "karpenter" };
const ready = { type: "Ready", status: "True" };

test.each([
  [nodePoolsReady, "NodePool"],
  [nodeClassesReady, "EC2NodeClass"],
])("an object of Karpenter's that is being deleted is broken, ready as it is", async (check, kind) => {
  const metadata = { name: "default", deletionTimestamp: minutesAgo(60), finalizers: ["karpenter.sh/termination"] };

  expect(await looked(check, { metadata, status: { conditions: [ready] } })).toMatchObject({
    state: "broken",
    found: "default is being deleted, for 1 h",
    cause: "somebody deleted it, and it waits for its finalizers (karpenter.sh/termination)",
    next: `kubectl describe ${kind.toLowerCase()} default`,
  });
});

test("so is one of Flux's", async () => {
  const metadata = { ...karpenter, deletionTimestamp: minutesAgo(5), finalizers: ["finalizers.fluxcd.io"] };

  expect(await looked(helmReleasesReady, { metadata, status: { conditions: [ready] } })).toMatchObject({
    state: "broken",
    next: "kubectl --namespace karpenter describe helmrelease karpenter",
  });
});

test("what its controller has given up is stalled, whatever else it says", async () => {
  const stalled = { type: "Stalled", status: "True", reason: "RetriesExceeded", message: "failed 3 times" };

  expect(
    await looked(helmReleasesReady, { metadata: karpenter, status: { conditions: [ready, stalled] } }),
  ).toMatchObject({
    state: "broken",
    found: "karpenter/karpenter is stalled: RetriesExceeded: failed 3 times",
  });
});

test.each([
  [1, "karpenter/karpenter: Progressing", "Flux is at it now"],
  [59, "karpenter/karpenter: Progressing", "Flux is at it now"],
  [600, "karpenter/karpenter has been in progress for 10 h: Progressing", "no timeout is that long"],
])("after %s min in progress: %s", async (minutes, found, cause) => {
  const progressing = {
    type: "Ready",
    status: "Unknown",
    reason: "Progressing",
    lastTransitionTime: minutesAgo(minutes),
  };

  expect(await looked(helmReleasesReady, { metadata: karpenter, status: { conditions: [progressing] } })).toMatchObject(
    {
      state: "broken",
      found,
      cause: expect.stringContaining(cause),
    },
  );
});

test("an OCIRepository that is suspended is resumed as flux names it", async () => {
  const components = {
    metadata: { name: "flux-components", namespace: "flux-system" },
    status: { conditions: [ready] },
  };

  expect(
    await looked(ociRepositoriesReady, components, { metadata: karpenter, spec: { suspend: true } }),
  ).toMatchObject({
    state: "broken",
    found: "karpenter/karpenter is suspended",
    next: "flux resume source oci karpenter --namespace karpenter",
  });
  expect(await looked(ociRepositoriesReady, components)).toMatchObject({
    state: "broken",
    found: "there is no OCIRepository karpenter/karpenter",
  });
});
