import type { V1ConfigMap } from "@kubernetes/client-node";

import { systemNamespace as namespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { age } from "../age";
import { broken, type Check, holds } from "../check";
import type { Look } from "../snapshot";
import { placeOf, podsOf, rollOut, type Workload } from "../workload";

export const ciliumConfig: Check = {
  id: "cilium-config",
  title: "Cilium's configuration",
  async run(look) {
    const [config, daemonSets, deployments] = await Promise.all([
      look.configMap(namespace, "cilium-config"),
      look.daemonSets(namespace),
      look.deployments(namespace),
    ]);
    const agent = daemonSets.find(({ metadata }) => metadata?.name === "cilium");
    if (!config || !agent) {
      throw new Failure("nothing there", "there is no agent, or no cilium-config", "see Cilium's agent above");
    }
    const operator = deployments.find(({ metadata }) => metadata?.name === "cilium-operator");
    const changed = dataChange(config);
    const readers = await Promise.all([
      readersOf(look, agent, "agents", changed),
      ...(operator ? [readersOf(look, operator, "operators", changed)] : []),
    ]);
    const behind = readers.filter(({ before }) => before > 0);
    if (behind.length === 0) {
      return holds(
        `read by all ${readers.map(({ what, all }) => `${all} ${what}`).join(" and ")}, ${age(changed)} old`,
      );
    }
    const found = `changed ${age(changed)} ago, after ${behind.map(({ what, before, all }) => `${before} of ${all} ${what}`).join(" and ")} had read it`;
    const [rolling] = behind.filter(({ underWay }) => underWay);
    return rolling
      ? broken(found, "they are being restarted", `kubectl --namespace ${namespace} rollout status ${rolling.name}`)
      : broken(
          found,
          // The chart's rollOutCiliumPods and operator.rollOutPods are off, so that no change of it restarts every agent.
          "nothing restarts them where it alone changes: with the release's values, or by hand",
          `kubectl --namespace ${namespace} rollout restart ${behind.map(({ name }) => name).join(" ")}`,
        );
  },
};

/** What reads the configuration as it starts, and how many of its pods did so before it was changed. */
async function readersOf(look: Look, workload: Workload, what: string, changed: Date) {
  const started = (await podsOf(look, namespace, workload)).flatMap(({ metadata, status }) =>
    status?.startTime && !metadata?.deletionTimestamp ? [status.startTime] : [],
  );
  return {
    what,
    name: placeOf(workload),
    all: started.length,
    before: started.filter((time) => time < changed).length,
    underWay: rollOut(workload) !== undefined,
  };
}

/** When somebody last wrote something that is in it; of what was only taken away, Kubernetes keeps no time. */
function dataChange({ metadata }: V1ConfigMap): Date {
  const entries = (metadata?.managedFields ?? []).filter(({ fieldsV1 }) => fieldsV1 && "f:data" in fieldsV1);
  return new Date(Math.max(0, ...entries.map(({ time }) => time?.getTime() ?? 0)));
}
