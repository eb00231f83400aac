import type { Cluster as DescribedCluster } from "@aws-sdk/client-eks";

import { connect } from "../../../../operations/connection";
import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { runChecks } from "../../../../operations/verify/check";
import { kustomizationsReady } from "../../../../operations/verify/checks/flux";
import { launchedNodesJoined } from "../../../../operations/verify/checks/karpenter";
import { type Snapshot, snapshotOf } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const settings = cluster();
const again = `npm run verify -- ${settings.name} --wait 15m`;

const object = (name: string, reason: string, minutes = 60, namespace?: string): ClusterObject => ({
  metadata: {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    generation: 1,
    creationTimestamp: new Date(Date.now() - minutes * 60_000).toISOString(),
  },
  status: { conditions: ["Ready", "Launched"].map((type) => ({ type, status: "Unknown", reason })) },
});

/** What is there of each kind, by its plural. */
const looking = (objects: Readonly<Record<string, readonly ClusterObject[]>>) => {
  const snapshot: Partial<Snapshot> = {
    settings,
    nodes: async () => [],
    customObjects: async (kind) => objects[kind.split(".")[0] ?? ""] ?? [],
  };
  return snapshot as Snapshot;
};

test.each([
  [1, expect.stringContaining("on its way"), again],
  [20, expect.stringContaining("no capacity"), "kubectl describe nodeclaim default-1"],
])("a NodeClaim that was not launched after %s min", async (minutes, cause, next) => {
  const nodeclaims = [object("default-1", "LaunchFailed", minutes)];

  expect(await runChecks([launchedNodesJoined], looking({ nodeclaims }))).toMatchObject([
    { state: "broken", cause, next },
  ]);
});

test("no node of Karpenter's is needed only where it could launch one", async () => {
  const nodepools = [object("default", "Ready")];

  expect(await runChecks([launchedNodesJoined], looking({}))).toMatchObject([{ state: "could not ask" }]);
  expect(await runChecks([launchedNodesJoined], looking({ nodepools }))).toMatchObject([
    { state: "holds", found: "none is needed" },
  ]);
});

test.each([
  ["Progressing", "Flux is at it now", again],
  ["BuildFailed", "what its controller says", expect.stringContaining("kubectl")],
])("a Kustomization that is not ready for the reason %s", async (reason, cause, next) => {
  const names = ["flux-system", "flux-components", "karpenter", "karpenter-nodepools"];
  const found = looking({ kustomizations: names.map((name) => object(name, reason, 60, "flux-system")) });

  expect(await runChecks([kustomizationsReady], found)).toMatchObject([{ state: "broken", cause, next }]);
});

test("of a cluster that EKS is still making, it says that there is no endpoint yet", async () => {
  const connection = connect(settings, () => {});
  // Its API is opened by what EKS says of it.
  const { eks } = connection.aws;
  const answer = (output: object) => () => async () => ({ output: { ...output, $metadata: {} }, response: {} });
  const described = { cluster: { status: "CREATING" } satisfies DescribedCluster };
  eks.middlewareStack.add(answer(described), { step: "initialize", priority: "high" });
  const [result] = await runChecks([kustomizationsReady], snapshotOf(connection));

  expect(result).toMatchObject({
    state: "could not ask",
    found: `the cluster ${settings.name} is CREATING and has no endpoint yet`,
  });
});
