import type { Release } from "../../releases/release";
import { type Rollout, rolloutsOf } from "../../releases/rollouts";
import type { Changes } from "../terraform/plan-changes";
import type { PlatformChanges } from "../terraform/stacks";

/** What an upgrade may do, as far as its rollouts are announced. */
export interface Announced {
  readonly changes: PlatformChanges;
  /** What EKS is asked for, in this order: `UpdateClusterVersion`. */
  readonly calls: readonly string[];
  /** Files that are committed, by path, sorted. */
  readonly files: readonly string[];
}

/** What a rollout looks like from outside. */
interface Traces {
  readonly cluster: Changes;
  readonly bootstrap: Changes;
  readonly calls: readonly string[];
  readonly files: readonly string[];
}

/** Returns all that may be seen of a cluster's upgrade from one release to another, and that must be. */
export function announced(clusterName: string, from: Release, to: Release): Announced {
  const traces = rolloutsOf(from, to).map((rollout) => tracesOf[rollout](clusterName, from, to));
  const merged = (part: "cluster" | "bootstrap"): Changes => Object.assign({}, ...traces.map((trace) => trace[part]));
  const calls = traces.flatMap((trace) => trace.calls ?? []);
  return {
    changes: { network: {}, cluster: merged("cluster"), bootstrap: merged("bootstrap") },
    // A group goes when what stands on its successor is done.
    calls: [...calls, ...(calls.includes(newGroup) ? ["DeleteNodegroup"] : [])],
    files: traces.flatMap(({ files = [] }) => files).sort(),
  };
}

const newGroup = "CreateNodegroup";

const tracesOf: Readonly<Record<Rollout, (clusterName: string, from: Release, to: Release) => Partial<Traces>>> = {
  "control plane": () => ({
    cluster: { "aws_eks_cluster.cluster": "update" },
    calls: ["UpdateClusterVersion"],
  }),
  "Cilium's agents": () => ({ bootstrap: { "helm_release.cilium": "update" } }),
  "node group": (_, from, to) =>
    // Of another Kubernetes, EKS would take its newest release of Bottlerocket, were the group not another one.
    from.kubernetes.version === to.kubernetes.version
      ? { bootstrap: { "aws_eks_node_group.system": "update" }, calls: ["UpdateNodegroupVersion"] }
      : {
          bootstrap: {
            "aws_launch_template.system": "replace, successor first",
            "aws_eks_node_group.system": "replace, successor first",
          },
          calls: [newGroup],
        },
  CoreDNS: () => ({ bootstrap: { "aws_eks_addon.core_dns": "update" }, calls: ["UpdateAddon"] }),
  "Flux's controllers": (clusterName) => ({
    bootstrap: { "github_repository_file.files_gotk_components": "update" },
    files: [`clusters/${clusterName}/flux-system/gotk-components.yaml`],
  }),
  "Karpenter's controllers": (clusterName) => ({
    bootstrap: { "github_repository_file.files_karpenter_release_source": "update" },
    files: [`karpenter/${clusterName}/release/source.yaml`],
  }),
  // Where Kubernetes alone is another, Karpenter sees that by the control plane, and nothing else changes.
  "Karpenter's nodes": (clusterName, from, to) =>
    from.bottlerocket.version === to.bottlerocket.version
      ? {}
      : {
          bootstrap: { "github_repository_file.files_karpenter_nodepools_default": "update" },
          files: [`karpenter/${clusterName}/nodepools/default.yaml`],
        },
};
