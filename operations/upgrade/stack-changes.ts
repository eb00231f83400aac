import type { StackPart } from "../../platform/parts";
import { type ComponentName, changedComponents, type Release } from "../../releases/release";

/** What a step changes in a stack: a resource of Terraform's, or files that it commits for Flux. */
export interface StackChange {
  readonly stack: StackPart;
  /** As a plan shows it. */
  readonly address: string;
  readonly change: string;
}

/** Returns all that plans show, in the order in which stacks are applied. Resources that only read others are left out. */
export function stackChanges(from: Release, to: Release): readonly StackChange[] {
  const changed = changedComponents(from, to);
  const differs = (name: ComponentName) => changed.includes(name);
  const versions = (name: ComponentName) => `${from[name].version} -> ${to[name].version}`;
  const row = (happens: boolean, address: string, change: string): StackChange[] =>
    happens ? [{ stack: address.startsWith("aws_eks_cluster.") ? "cluster" : "bootstrap", address, change }] : [];
  const newKubernetes = differs("kubernetes");
  return [
    ...row(newKubernetes, "aws_eks_cluster.cluster", `version ${versions("kubernetes")}, in place`),
    ...row(differs("cilium"), "helm_release.cilium", `chart ${versions("cilium")}, in place`),
    ...row(newKubernetes, "aws_launch_template.system", "replaced, its successor first"),
    ...row(
      newKubernetes,
      "aws_eks_node_group.system",
      `version ${versions("kubernetes")}, replaced, its successor first`,
    ),
    ...row(
      !newKubernetes && differs("bottlerocket"),
      "aws_eks_node_group.system",
      `Bottlerocket ${versions("bottlerocket")} (release_version), in place`,
    ),
    ...row(differs("coreDns"), "aws_eks_addon.core_dns", `addon_version ${versions("coreDns")}, in place`),
    ...row(
      differs("flux"),
      "github_repository_file.files_gotk_components",
      `Flux's own release artifact ${versions("flux")}, which Flux reads from Git`,
    ),
    ...row(
      differs("bottlerocket"),
      "github_repository_file.files_karpenter_nodepools_default",
      `image of Karpenter's nodes: Bottlerocket ${versions("bottlerocket")}, which Flux reads from Git`,
    ),
    ...row(
      differs("karpenter"),
      "github_repository_file.files_karpenter_release_source",
      `Karpenter's chart ${versions("karpenter")}, which Flux reads from Git`,
    ),
  ];
}
