import type { Release } from "../../releases/release";

/** Returns a sentence for each thing that a step leaves on the version before, for a while, or that has no way back. */
export function goingBack(from: Release, to: Release): readonly string[] {
  const newKubernetes = from.kubernetes.version !== to.kubernetes.version;
  const newBottlerocket = from.bottlerocket.version !== to.bottlerocket.version;
  const before = from.kubernetes.version;
  return [
    ...(newKubernetes
      ? [
          `the nodes of the group stay on Kubernetes ${before} until bootstrap is applied, which a control plane of ${to.kubernetes.version} allows`,
          `EKS takes the control plane back to ${before} within seven days after its upgrade is complete, if it was upgraded and not made on ${to.kubernetes.version}; no node may be of ${to.kubernetes.version} then, so look at the cluster before bootstrap is applied`,
          `Karpenter replaces its nodes by ones of ${to.kubernetes.version} from the upgrade of the control plane on, and each of them is in the way back: docs/upgrades.md#karpenters-nodes-meanwhile says what to type before the apply of cluster to have those that run stay until they expire`,
        ]
      : []),
    ...(newBottlerocket && !newKubernetes
      ? [`the node group never goes back to Bottlerocket ${from.bottlerocket.version}: EKS refuses an older release`]
      : []),
    "docs/upgrades.md#back says what goes back, in which order, and what cannot",
  ];
}
