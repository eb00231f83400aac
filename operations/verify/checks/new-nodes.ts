import type { V1Node, V1Pod } from "@kubernetes/client-node";

import { platformNamespaces } from "../../../platform/names";
import { conditionOf } from "../../kubernetes/objects";
import { isYoung } from "../age";
import { broken, type Check, holds, warning } from "../check";
import { sentenceOf } from "../wording";

/** Cilium's operator takes the startup taint off some seconds before pods have a network (cilium/cilium#29405). */
export const podsOfNewNodes: Check = {
  id: "pods-of-new-nodes",
  title: "pods of new nodes",
  async run(snapshot) {
    const neverReady = (await snapshot.unreadyPods()).filter(isStuck);
    const nodes = await snapshot.nodes();
    const stuck = neverReady.filter((pod) => wasNodeNew(pod, nodes));
    const inPlatform = stuck.filter(({ metadata }) => platformNamespaces.some((name) => name === metadata?.namespace));
    if (stuck.length === 0) {
      return holds("none is stuck since its node was new");
    }
    const names = stuck.map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`);
    const found = sentenceOf(names, "has not become ready", "have not become ready");
    const cause = "started while its node was new, before Cilium had a network there (cilium/cilium#29405)";
    // What runs there may have troubles of its own, which no platform can promise away.
    return inPlatform.length > 0
      ? broken(found, cause, nextCommand(inPlatform))
      : warning(found, cause, nextCommand(stuck));
  },
};

/** Returns whether a pod should long be ready and never was: its containers run, or wait for a network. */
function isStuck(pod: V1Pod): boolean {
  const { metadata, spec, status } = pod;
  const { startTime, containerStatuses = [] } = status ?? {};
  const ready = conditionOf(pod, "Ready");
  const leftReady = (ready?.lastTransitionTime?.getTime() ?? 0) - (startTime?.getTime() ?? 0);
  const hasNoSandbox = conditionOf(pod, "PodReadyToStartContainers")?.status === "False";
  const runs = containerStatuses.some((container) => container.state?.running && !container.ready);
  return (
    !metadata?.deletionTimestamp &&
    !spec?.hostNetwork &&
    startTime !== undefined &&
    !isYoung(startTime) &&
    // A pod that was ready and is not any more has had its network.
    leftReady < oneMinute &&
    (runs || (hasNoSandbox && status?.phase === "Pending"))
  );
}

const oneMinute = 60_000;

function wasNodeNew({ spec, status }: V1Pod, nodes: readonly V1Node[]): boolean {
  const node = nodes.find(({ metadata }) => metadata?.name === spec?.nodeName);
  return isYoung(node?.metadata?.creationTimestamp, status?.startTime?.getTime());
}

/** Returns the command that has the pods of one namespace made again; if nobody would make them again, the one that shows them. */
function nextCommand(pods: readonly V1Pod[]): string {
  const owned = pods.filter(({ metadata }) => metadata?.ownerReferences?.some(({ controller }) => controller));
  const [verb, chosen] = owned.length > 0 ? ["delete", owned] : ["describe", pods];
  const namespace = chosen[0]?.metadata?.namespace;
  const names = chosen.flatMap(({ metadata }) => (metadata?.namespace === namespace ? (metadata?.name ?? []) : []));
  return `kubectl --namespace ${namespace} ${verb} pod ${names.slice(0, podsAtOnce).join(" ")}`;
}

/** Pods of one command; verify names the others the next time. */
const podsAtOnce = 10;
