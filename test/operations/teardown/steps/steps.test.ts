import type { Cluster as EksCluster } from "@aws-sdk/client-eks";

import { type Connection, connect } from "../../../../operations/connection";
import type { ClusterObject } from "../../../../operations/kubernetes/objects";
import { ownership } from "../../../../operations/teardown/ownership";
import { type Step, type Thing, thingText } from "../../../../operations/teardown/step";
import { awaitCluster } from "../../../../operations/teardown/steps/creation";
import { undrainable } from "../../../../operations/teardown/steps/drain";
import { deleteEntrances } from "../../../../operations/teardown/steps/entrances";
import { deleteNodePools } from "../../../../operations/teardown/steps/karpenter";
import { deleteVolumes } from "../../../../operations/teardown/steps/volumes";
import { cluster } from "../../../support/settings";
import { objectsOf } from "../fake-objects";

async function found(step: Step, ...objects: readonly ClusterObject[]): Promise<string[]> {
  return (await things(step, ...objects)).map(thingText);
}

function things(step: Step, ...objects: readonly ClusterObject[]): Promise<readonly Thing[]> {
  return step.find({
    // These steps ask the cluster alone.
    connection: {} as Connection,
    owned: ownership("demo"),
    objects: objectsOf(objects),
    signal: new AbortController().signal,
    say: () => {},
  });
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const node = (ready: string, minutes: number): ClusterObject => ({
  apiVersion: "v1",
  kind: "Node",
  metadata: { name: `node-${minutes}` },
  status: { conditions: [{ type: "Ready", status: ready, lastTransitionTime: minutesAgo(minutes) }] },
});

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
  const claim: ClusterObject = {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name: "data", namespace: "shop", finalizers: ["kubernetes.io/pvc-protection"] },
  };
  const pod = (name: string, namespace: string, claimName: string, phase: string): ClusterObject => ({
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
    expect(await found(deleteEntrances, ingress, ...nodes)).toEqual([
      expect.stringMatching(/^Ingress shop\/web: finalizer ingress/),
    ]);
  });

  test.each([
    ["no node is left", []],
    ["none has been ready for long", [node("Unknown", 60)]],
  ])("is let go where %s", async (_, nodes) => {
    expect(await found(deleteEntrances, ingress, ...nodes)).toEqual([
      expect.stringMatching(/^Ingress shop\/web, which nobody lets go/),
    ]);
  });
});

test.each([
  ["goes with its disk, by the driver, while that can run", "Released", [node("True", 60)], false],
  ["is deleted where no driver can run", "Released", [], true],
  ["stays as long as its claim", "Bound", [], false],
])("a volume %s", async (_, phase, nodes, isDeleted) => {
  const volume: ClusterObject = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "pvc-1" },
    spec: { persistentVolumeReclaimPolicy: "Delete" },
    status: { phase },
  };
  const [thing] = await things(deleteVolumes, volume, ...nodes);

  expect(thing?.act !== undefined).toBe(isDeleted);
});

describe("a node that drains", () => {
  const claim: ClusterObject = {
    apiVersion: "karpenter.sh/v1",
    kind: "NodeClaim",
    metadata: { name: "default-1", finalizers: ["karpenter.sh/termination"], deletionTimestamp: new Date(0) },
    status: { nodeName: "node-1" },
  };
  const pod = (
    name: string,
    { nodeName = "node-1", phase = "Running", namespace = "shop", annotations = {} } = {},
  ) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: "database" }, annotations },
    spec: { nodeName },
    status: { phase },
  });
  const budget = (disruptionsAllowed: number): ClusterObject => ({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "database", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "database" } } },
    status: { disruptionsAllowed },
  });
  const held = async (...objects: readonly ClusterObject[]) =>
    (await found(deleteNodePools, claim, ...objects)).slice(1);

  test("names the pods that a budget keeps there, and no others", async () => {
    const others = [
      pod("database-1", { nodeName: "node-2" }),
      pod("database-2", { phase: "Succeeded" }),
      pod("database-3", { namespace: "other" }),
    ];
    expect(await held(budget(0), pod("database-0"), ...others)).toEqual([
      "Pod shop/database-0: kept on node-1 by PodDisruptionBudget shop/database, which allows no eviction",
    ]);
    expect(await held(budget(1), pod("database-0"))).toEqual([]);
  });

  test("names the pods that nobody may disrupt", async () => {
    const annotations = { "karpenter.sh/do-not-disrupt": "true" };

    expect(await held(pod("migration", { annotations }))).toEqual([
      "Pod shop/migration: kept on node-1 by its annotation karpenter.sh/do-not-disrupt",
    ]);
  });

  test("finds a budget's pods by all forms of its selector", async () => {
    const matchExpressions = [
      { key: "app", operator: "In", values: ["a", "b"] },
      { key: "tier", operator: "NotIn", values: ["c"] },
      { key: "d", operator: "Exists" },
      { key: "e", operator: "DoesNotExist" },
    ];
    const asked: (string | undefined)[] = [];
    const selecting = objectsOf([{ ...budget(0), spec: { selector: { matchExpressions } } }]);
    await undrainable(
      {
        ...selecting,
        list: (kind, labelSelector) => {
          asked.push(labelSelector);
          return selecting.list(kind);
        },
      },
      ["node-1"],
    );

    expect(asked.filter((selector) => selector !== undefined)).toEqual(["app in (a,b),tier notin (c),d,!e"]);
  });
});

test.each([
  ["CREATING", ["cluster demo: CREATING"]],
  ["ACTIVE", []],
])("a cluster that is %s is waited for: %j", async (status, waited) => {
  const settings = cluster({ name: "demo" });
  const connection = { ...connect(settings, () => {}), describe: async () => ({ status }) as EksCluster };
  const place = { connection, owned: ownership("demo"), objects: undefined, say: () => {} };

  const found = await awaitCluster.find({ ...place, signal: new AbortController().signal });
  expect(found.map(thingText)).toEqual(waited);
});
