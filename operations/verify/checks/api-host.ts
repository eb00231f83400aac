import { ciliumOperatorName, systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { broken, type Check, holds } from "../check";
import { reviewInvocation } from "../next-commands";
import type { Workload } from "../workload";

const hostVariable = "KUBERNETES_SERVICE_HOST";

/** Without kube-proxy, the address of the API's Service works only once Cilium runs: Cilium itself needs the endpoint. */
export const ciliumApiHost: Check = {
  id: "cilium-api-host",
  title: "Cilium's way to the API",
  async run(snapshot) {
    const [{ endpoint }, daemonSets, deployments] = await Promise.all([
      snapshot.cluster(),
      snapshot.daemonSets(systemNamespace),
      snapshot.deployments(systemNamespace),
    ]);
    const workloads = [
      ...daemonSets.filter(({ metadata }) => metadata?.name === "cilium"),
      ...deployments.filter(({ metadata }) => metadata?.name === ciliumOperatorName),
    ];
    if (workloads.length === 0 || endpoint === undefined) {
      throw new Failure("nothing there", "there is neither agent nor operator", "see Cilium's agent above");
    }
    const host = endpoint.replace("https://", "");
    const problems = workloads.flatMap((workload) => {
      const other = hostsOf(workload).find((value) => value !== host);
      return other === undefined ? [] : [`${workload.metadata?.name} asks ${other}`];
    });
    return problems.length === 0
      ? holds(host)
      : broken(
          `${problems.join("; ")}, and the endpoint is ${host}`,
          "somebody changed the release's values by hand, or they are of another cluster: agents that start do not get ready",
          reviewInvocation(snapshot.settings, "bootstrap"),
        );
  },
};

/** Returns the values of the variable in all containers that have it; in the words of the report if none has. */
function hostsOf({ spec }: Workload): string[] {
  const { containers = [], initContainers = [] } = spec?.template.spec ?? {};
  const variables = [...initContainers, ...containers].flatMap(({ env = [] }) =>
    env.filter(({ name }) => name === hostVariable),
  );
  const hosts = variables.map(({ value }) => value ?? "another object for it");
  return hosts.length === 0 ? [`the Service, without ${hostVariable}`] : hosts;
}
