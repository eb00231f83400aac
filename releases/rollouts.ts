import { type ComponentName, changedComponents, type Release } from "./release";

/** What is replaced or restarted, part by part, when a cluster goes from one release to another. */
export type Rollout =
  | "control plane"
  | "node group"
  | "Karpenter's nodes"
  | "Cilium's agents"
  | "CoreDNS"
  | "Flux's controllers"
  | "Karpenter's controllers";

/** Returns all that rolls, in the order in which it begins. */
export function rolloutsOf(from: Release, to: Release): Rollout[] {
  const changed = changedComponents(from, to);
  const differs = (name: ComponentName) => changed.includes(name);
  const newNodes = differs("kubernetes") || differs("bottlerocket");
  const all: readonly (readonly [Rollout, boolean])[] = [
    ["control plane", differs("kubernetes")],
    // Karpenter asks the control plane for the version of new nodes, and waits for nobody.
    ["Karpenter's nodes", differs("kubernetes")],
    ["Cilium's agents", differs("cilium")],
    ["node group", newNodes],
    ["CoreDNS", differs("coreDns")],
    ["Flux's controllers", differs("flux")],
    ["Karpenter's controllers", differs("karpenter")],
    ["Karpenter's nodes", differs("bottlerocket") && !differs("kubernetes")],
  ];
  return all.flatMap(([rollout, happens]) => (happens ? [rollout] : []));
}
