import type { ClusterObject } from "../../../operations/kubernetes/objects";
import { deleteNodePools } from "../../../operations/teardown/steps/karpenter";
import { unevictablePods } from "../../../operations/teardown/unevictable-pods";
import { foundBy, objectsOf } from "./fake-objects";

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
    (await foundBy(deleteNodePools, claim, ...objects)).slice(1);

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
    await unevictablePods(
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
