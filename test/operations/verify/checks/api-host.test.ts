import type { V1Container, V1DaemonSet, V1Deployment } from "@kubernetes/client-node";

import { runChecks } from "../../../../operations/verify/check";
import { ciliumApiHost } from "../../../../operations/verify/checks/api-host";
import type { Snapshot } from "../../../../operations/verify/snapshot";
import { cluster } from "../../../support/settings";

const host = "0123.gr7.eu-central-1.eks.amazonaws.com";

const container = (value: string | undefined): V1Container => ({
  name: "a",
  ...(value === undefined ? {} : { env: [{ name: "KUBERNETES_SERVICE_HOST", value }] }),
});

/** @param hosts - of the agent's first container, of the agent and of the operator */
async function looked(hosts: readonly (string | undefined)[]) {
  const [config, agent, operator] = hosts.map(container);
  const workload = (name: string, containers: V1Container[], initContainers: V1Container[]) => ({
    metadata: { name },
    spec: { selector: {}, template: { spec: { containers, initContainers } } },
  });
  const daemonSet: V1DaemonSet = workload("cilium", agent ? [agent] : [], config ? [config] : []);
  const deployment: V1Deployment = workload("cilium-operator", operator ? [operator] : [], []);
  const snapshot: Partial<Snapshot> = {
    settings: cluster(),
    cluster: async () => ({ endpoint: `https://${host}` }),
    daemonSets: async () => [daemonSet],
    deployments: async () => (hosts.length > 2 ? [deployment] : []),
  };
  return (await runChecks([ciliumApiHost], snapshot as Snapshot))[0];
}

test("agents and operators that ask the endpoint hold", async () => {
  expect(await looked([host, host, host])).toMatchObject({ state: "holds", found: host });
});

test.each<[string, (string | undefined)[]]>([
  ["cilium asks other.example", [host, "other.example", host]],
  ["cilium asks other.example", ["other.example", host, host]],
  ["cilium-operator asks other.example", [host, host, "other.example"]],
  ["cilium-operator asks the Service, without KUBERNETES_SERVICE_HOST", [host, host, undefined]],
])("%s", async (problem, hosts) => {
  expect(await looked(hosts)).toMatchObject({ state: "broken", found: `${problem}, and the endpoint is ${host}` });
});
