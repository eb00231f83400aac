import type { V1ConfigMap, V1DaemonSet, V1Deployment, V1Node, V1Pod } from "@kubernetes/client-node";
import { ciliumNodeOf } from "../../../../operations/verify/answers/cilium-node";
import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { ciliumConfig } from "../../../../operations/verify/checks/cilium-config";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { nodePoolTag } from "../../../../platform/names";
import { cluster } from "../../../support/settings";

describe("a configuration that was changed", () => {
  const [before, after] = ["2026-01-01T10:00:00Z", "2026-01-01T12:00:00Z"].map((time) => new Date(time));
  const config: V1ConfigMap = {
    metadata: { managedFields: [{ fieldsV1: { "f:data": {} }, time: new Date("2026-01-01T11:00:00Z") }] },
  };
  const pod = (app: string, startTime: Date | undefined): V1Pod => ({
    metadata: { labels: { app } },
    status: { ...(startTime ? { startTime } : {}) },
  });
  const template = { spec: { containers: [] } };
  const agent: V1DaemonSet = {
    metadata: { name: "cilium", generation: 1 },
    spec: { selector: { matchLabels: { app: "agent" } }, template },
    status: {
      observedGeneration: 1,
      desiredNumberScheduled: 1,
      updatedNumberScheduled: 1,
      currentNumberScheduled: 1,
      numberMisscheduled: 0,
      numberReady: 1,
    },
  };
  const operator: V1Deployment = {
    metadata: { name: "cilium-operator", generation: 1 },
    spec: { replicas: 1, selector: { matchLabels: { app: "operator" } }, template },
    status: { observedGeneration: 1, updatedReplicas: 1 },
  };

  async function told(
    pods: readonly V1Pod[],
    daemonSet = agent,
    others: Partial<Snapshot> = {},
  ): Promise<CheckResult | undefined> {
    const snapshot: Partial<Snapshot> = {
      settings: cluster(),
      configMap: async () => config,
      ciliumNodes: async () => [],
      nodes: async () => [],
      pods: async () => pods,
      daemonSets: async () => [daemonSet],
      deployments: async () => [operator],
      ...others,
    };
    const [result] = await runChecks([ciliumConfig], snapshot as Snapshot);
    return result;
  }

  test("holds when all have started since", async () => {
    const result = await told([pod("agent", after), pod("operator", after), pod("operator", undefined)]);

    expect(result).toMatchObject({
      state: "holds",
      found: expect.stringMatching(/^read by the one agent and the one operator, /),
    });
  });

  test("is read by nobody before somebody restarts them, the operator too", async () => {
    expect(await told([pod("agent", before), pod("operator", before)])).toMatchObject({
      state: "broken",
      found: expect.stringMatching(/ after 1 of 1 agent and 1 of 1 operator had read it$/),
      next: "kubectl --namespace kube-system rollout restart daemonset/cilium deployment/cilium-operator",
    });
    expect((await told([pod("agent", after), pod("operator", before)]))?.next).toBe(
      "kubectl --namespace kube-system rollout restart deployment/cilium-operator",
    );
  });

  test("is being read while agents are rolled", async () => {
    const rolling = { ...agent, metadata: { ...agent.metadata, generation: 2 } };

    expect(await told([pod("agent", before)], rolling)).toMatchObject({
      cause: "they are being restarted",
      next: "kubectl --namespace kube-system rollout status daemonset/cilium",
    });
  });

  /** Nodes with a prefix on each of these interfaces, where the configuration leaves the first to the node. */
  function podsElsewhere(
    nodes: readonly { name: string; enis: readonly object[]; metadata?: V1Node["metadata"] }[],
    first = "1",
  ): Partial<Snapshot> {
    return {
      configMap: async () => ({ ...config, data: { "eni-first-interface-index": first } }),
      nodes: async () => nodes.map(({ name, metadata }) => ({ metadata: { ...metadata, name } })),
      ciliumNodes: async () =>
        nodes.map(({ name, enis }) =>
          ciliumNodeOf({ metadata: { name }, spec: {}, status: { eni: { enis: Object.fromEntries(enis.entries()) } } }),
        ),
    };
  }

  const prefix = { prefixes: ["10.200.36.0/28"] };
  const own = { addresses: [] };
  const behind = [pod("agent", before)];
  const labels = { [nodePoolTag]: "default" };

  test("is read by no agent before the nodes are gone whose pods would lose their network by it", async () => {
    const old = { name: "old", enis: [prefix, { ...prefix, number: 1 }] };
    const fresh = { name: "new", enis: [own, { ...prefix, number: 1 }] };

    expect(
      await told(
        behind,
        agent,
        podsElsewhere([old, fresh, { name: "launched", enis: [prefix], metadata: { labels } }]),
      ),
    ).toMatchObject({
      state: "broken",
      cause: expect.stringContaining("restarts on old and launched cuts off pods"),
      next: expect.stringMatching(/^npm run review .* --stack bootstrap$/),
    });
    expect((await told(behind, agent, podsElsewhere([fresh])))?.next).toMatch(/ restart daemonset\/cilium$/);
    expect((await told(behind, agent, podsElsewhere([old], "0")))?.next).toMatch(/ restart daemonset\/cilium$/);
    expect((await told([pod("agent", after), pod("operator", before)], agent, podsElsewhere([old])))?.next).toMatch(
      / restart deployment\/cilium-operator$/,
    );
  });

  test("single addresses of the first interface are lost, too", async () => {
    const single = { name: "old", enis: [{ addresses: ["10.200.36.7"] }] };

    expect((await told(behind, agent, podsElsewhere([single])))?.cause).toContain("restarts on old cuts off pods");
  });

  test("where those nodes are Karpenter's, or go already, something else has them go", async () => {
    const launched = { name: "launched", enis: [prefix], metadata: { labels } };
    const going = { ...launched, name: "going", metadata: { labels, deletionTimestamp: new Date() } };

    expect(await told(behind, agent, podsElsewhere([going, launched]))).toMatchObject({
      cause: expect.stringContaining("karpenter.sh/do-not-disrupt"),
      next: "kubectl delete node launched",
    });
    expect((await told(behind, agent, podsElsewhere([going])))?.next).toMatch(/^npm run verify .* --wait/);
  });
});
