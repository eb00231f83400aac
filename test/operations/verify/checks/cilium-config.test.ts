import type { V1ConfigMap, V1DaemonSet, V1Deployment, V1Pod } from "@kubernetes/client-node";

import { type CheckResult, runChecks } from "../../../../operations/verify/check";
import { ciliumConfig } from "../../../../operations/verify/checks/cilium-config";
import type { Snapshot } from "../../../../operations/verify/snapshot";

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

  async function told(pods: readonly V1Pod[], daemonSet = agent): Promise<CheckResult | undefined> {
    const snapshot: Partial<Snapshot> = {
      configMap: async () => config,
      pods: async () => pods,
      daemonSets: async () => [daemonSet],
      deployments: async () => [operator],
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
});
