import { ciliumOperatorName, systemNamespace } from "../../../platform/names";
import { Failure } from "../../command/failure";
import { age } from "../age";
import { broken, type Check, holds } from "../check";
import { lastDataChange } from "../data-change";
import { restartDanger } from "../first-interface";
import type { Snapshot } from "../snapshot";
import { allOf, counted } from "../wording";
import { kubectlName, selectedPods, unfinishedRollout, type Workload } from "../workload";

export const ciliumConfig: Check = {
  id: "cilium-config",
  title: "Cilium's configuration",
  async run(snapshot) {
    const [config, daemonSets, deployments] = await Promise.all([
      snapshot.configMap(systemNamespace, "cilium-config"),
      snapshot.daemonSets(systemNamespace),
      snapshot.deployments(systemNamespace),
    ]);
    const agent = daemonSets.find(({ metadata }) => metadata?.name === "cilium");
    if (!config || !agent) {
      throw new Failure("nothing there", "there is no agent, or no cilium-config", "see Cilium's agent above");
    }
    const operator = deployments.find(({ metadata }) => metadata?.name === ciliumOperatorName);
    const changed = lastDataChange(config.metadata);
    const readers = await Promise.all([
      configReaders(snapshot, agent, "agent", changed),
      ...(operator ? [configReaders(snapshot, operator, "operator", changed)] : []),
    ]);
    const behind = readers.filter(({ before }) => before > 0);
    if (behind.length === 0) {
      return holds(`read by ${readers.map(({ what, all }) => allOf(all, what)).join(" and ")}, ${age(changed)} old`);
    }
    const early = behind.map(({ what, before, all }) => `${before} of ${counted(all, what)}`).join(" and ");
    const found = `changed ${age(changed)} ago, after ${early} had read it`;
    const rollout = `kubectl --namespace ${systemNamespace} rollout`;
    const rolling = behind.find(({ isRolling }) => isRolling);
    if (rolling) {
      return broken(found, "they are being restarted", `${rollout} status ${rolling.name}`);
    }
    const danger = behind.some(({ what }) => what === "agent") ? await restartDanger(snapshot) : undefined;
    return danger
      ? broken(found, danger.cause, danger.next)
      : broken(
          found,
          // The chart's rollOutCiliumPods and operator.rollOutPods are off: else each change would restart every agent.
          "nothing restarts them when only the configuration changes, be it by the release's values or by hand",
          `${rollout} restart ${behind.map(({ name }) => name).join(" ")}`,
        );
  },
};

/** Counts the pods of a workload, and those that started, and so read the configuration, before it was changed. */
async function configReaders(snapshot: Snapshot, workload: Workload, what: string, changed: Date) {
  const pods = await selectedPods(snapshot, systemNamespace, workload);
  const started = pods.flatMap(({ metadata, status }) =>
    status?.startTime && !metadata?.deletionTimestamp ? [status.startTime] : [],
  );
  return {
    what,
    name: kubectlName(workload),
    all: started.length,
    before: started.filter((time) => time < changed).length,
    isRolling: unfinishedRollout(workload) !== undefined,
  };
}
