import type { Release } from "../../releases/release";
import { type Rollout, rolloutsOf } from "../../releases/rollouts";

/** How a part is replaced or restarted, and what that means for those who use the cluster. */
export interface RolloutEffect {
  readonly what: Rollout;
  /** What begins it. */
  readonly begins: string;
  /** How it goes, and what is not there meanwhile: only what upstream, AWS or this project's sources say. */
  readonly effect: string;
  readonly source: string;
}

type Effect = Omit<RolloutEffect, "what">;

/** Returns what rolls in a step, in the order in which it does. */
export function rolloutEffects(from: Release, to: Release): readonly RolloutEffect[] {
  const effects = effectsOf(from, to);
  return rolloutsOf(from, to).map((what) => ({ what, ...effects[what] }));
}

function effectsOf(from: Release, to: Release): Readonly<Record<Rollout, Effect>> {
  const newKubernetes = from.kubernetes.version !== to.kubernetes.version;
  return {
    "control plane": {
      begins: "with the apply of cluster",
      effect:
        "EKS replaces API servers one by one, so the API stays up, and clients connect again; it takes up to five free addresses of the subnets. It cannot be paused or stopped; if EKS's own checks fail, EKS goes back by itself. EKS speaks of several minutes, and nobody timed it here",
      source: 'AWS, "Update existing cluster to new Kubernetes version"',
    },
    "Cilium's agents": {
      begins: "with the apply of bootstrap",
      effect:
        "agents restart one node at a time, and traffic of pods goes on. What passes Envoy (Ingresses, policies of layer 7) is cut while Envoy or the agent of its node restarts, and must connect again",
      source: 'Cilium, "Upgrade Guide"; constructs/cilium.ts',
    },
    "node group": { begins: "with the apply of bootstrap", ...nodeGroupEffect(newKubernetes) },
    CoreDNS: {
      begins: "with the apply of bootstrap",
      effect:
        "EKS updates its Deployment of two replicas; settings of the add-on that somebody changed by hand are overwritten",
      source: "constructs/core-dns.ts",
    },
    "Flux's controllers": {
      begins: "when Flux has read the commit that bootstrap made",
      effect:
        "Flux updates itself. While its controllers restart, nothing new is applied from Git; what runs is left alone",
      source: "gitops/cluster/flux-system",
    },
    "Karpenter's controllers": {
      begins: "when Flux has read the commit that bootstrap made",
      effect:
        "Flux upgrades the HelmRelease. While the leader of the two replicas changes, no node is started or ended",
      source: "gitops/karpenter/release/release.yaml",
    },
    "Karpenter's nodes": {
      ...karpenterNodesEffect(newKubernetes, from.bottlerocket.version !== to.bottlerocket.version),
    },
  };
}

function nodeGroupEffect(newKubernetes: boolean): Omit<Effect, "begins"> {
  return {
    effect: newKubernetes
      ? "a second group comes, and once all its nodes are ready the old one goes: all its nodes are drained at once, and each is ended after five minutes, whatever disruption budgets say. Meanwhile there are twice as many nodes"
      : "EKS replaces its nodes one at a time, each drained first, as far as disruption budgets let it; where a pod has not moved after 15 minutes, the roll fails",
    source: "docs/upgrades.md#how-nodes-change",
  };
}

function karpenterNodesEffect(newKubernetes: boolean, newBottlerocket: boolean): Effect {
  const twice = newKubernetes && newBottlerocket;
  return {
    begins: newKubernetes
      ? "when the control plane is upgraded, before bootstrap is applied"
      : "when Flux has read the commit that bootstrap made",
    effect: `Karpenter replaces its nodes one at a time, by the default pool's disruption budget${
      twice ? "; those that it replaced before Flux had read the new Bottlerocket, a second time" : ""
    }`,
    source: "gitops/karpenter/nodepools/default.yaml",
  };
}
