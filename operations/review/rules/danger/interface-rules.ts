import type { Value } from "../../../terraform/plan/value";
import { agents, restartsAgents } from "./cilium-rules";
import { type DangerRule, isKnown } from "./rule";

const leavesInterfaces = {
  ...agents,
  severity: "danger",
  attributes: ["values.eni.nodeSpec.firstInterfaceIndex"],
  matters: rises,
} as const;

/**
 * Rules on interfaces that Cilium leaves to the node. An agent that starts by such a configuration has no more addresses of them, and
 * does not restore pods that have (Cilium 1.20.2, `pkg/ipam/eni.go`, `daemon/cmd/endpoint_restore.go`).
 */
export const interfaceRules: readonly DangerRule[] = [
  {
    ...leavesInterfaces,
    id: "cilium-first-interface-left",
    subject: "the first interface of each node",
    predicate: "has no more addresses for pods",
    workloads:
      "pods that have one are cut off once the agent of their node restarts, for whatever reason: have all nodes " +
      "replaced right after, and upgrade or restart no agent before",
  },
  {
    ...leavesInterfaces,
    id: "cilium-pods-cut-off",
    when: restartsAgents,
    subject: "pods on the nodes that are there",
    predicate: "are cut off",
    workloads:
      "every agent restarts, and counts no address of the node's first interface as its own any more: apply that " +
      "change alone, and what restarts agents once all nodes are new",
  },
];

function rises(before: Value, after: Value): boolean {
  return isKnown(before) && isKnown(after) && Number(after ?? 0) > Number(before ?? 0);
}
