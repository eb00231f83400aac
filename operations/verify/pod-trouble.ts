import type { V1Pod } from "@kubernetes/client-node";

import { conditionOf, isReady } from "../kubernetes/objects";
import type { CheckOutcome } from "./check";

/** Returns what keeps a pod from being ready, in Kubernetes' words, what that mostly comes from, and what says more. */
export function podTrouble(pod: V1Pod): Required<Pick<CheckOutcome, "found" | "cause" | "next">> | undefined {
  const { metadata, spec, status } = pod;
  if (status?.phase === "Succeeded" || isReady(pod)) {
    return undefined;
  }
  const { namespace, name = "" } = metadata ?? {};
  const describe = `kubectl --namespace ${namespace} describe pod ${name}`;
  const scheduled = conditionOf(pod, "PodScheduled");
  if (scheduled?.status === "False") {
    // The scheduler goes on, for as long again, to say that evicting others would not help.
    const [reason = ""] = (scheduled.message ?? "").split(/\.? preemption: /);
    return {
      found: `${name} has no node (${reason})`,
      cause: "the nodes are full, tainted or not there",
      next: describe,
    };
  }
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const waiting = containers.map(({ state }) => state?.waiting).find((state) => state?.reason !== undefined);
  const reason = waiting?.reason ?? conditionOf(pod, "Ready")?.reason ?? "not ready";
  const cause =
    reason === "ContainerCreating" && spec?.hostNetwork
      ? "its image is being pulled, or a volume or Secret is missing"
      : waitingCauses[reason];
  const log = `kubectl --namespace ${namespace} logs ${name} --all-containers --tail 50`;
  return {
    found: `${name} is ${reason}`,
    cause: cause ?? "its log says more",
    next: cause === undefined || reason === "CrashLoopBackOff" ? log : describe,
  };
}

/** What the reasons mostly come from that the kubelet gives for a container that waits. */
const waitingCauses: Readonly<Record<string, string>> = {
  ErrImagePull: "the registry does not answer: NAT, its rate limit, or no such image",
  ImagePullBackOff: "the registry does not answer: NAT, its rate limit, or no such image",
  CrashLoopBackOff: "it ends by itself: its log says why",
  ContainerCreating: "no pod address is left on the node, or a volume or Secret is missing",
};
