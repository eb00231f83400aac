import { isObject, same, type Value } from "../../../terraform/plan/value";
import { changing, type DangerRule, minor } from "./rule";

/** Rules on changes that replace nodes, or the versions that nodes and the control plane run. */
export const upgradeRules: readonly DangerRule[] = [
  {
    id: "taint-changed",
    severity: "danger",
    types: ["aws_eks_node_group"],
    actions: changing,
    attributes: ["taint"],
    subject: "a node group's taints",
    predicate: "change",
    workloads: "EKS puts them on live nodes; NoExecute evicts at once what does not tolerate it",
  },
  {
    id: "instance-type-changed",
    severity: "danger",
    types: ["aws_eks_node_group", "aws_launch_template", "aws_instance"],
    actions: changing,
    attributes: ["instance_types", "instance_type"],
    subject: "an instance type",
    predicate: "changes",
    workloads:
      "nodes are replaced, and their pods move; single instances stop for it; see that the new type has room for all",
  },
  {
    id: "nodes-rolled",
    severity: "caution",
    types: ["aws_eks_node_group"],
    actions: ["update"],
    attributes: ["version", "release_version", "launch_template.0.version"],
    subject: "a node group's nodes",
    predicate: "are replaced, a few at a time",
    workloads: "each is drained first: pods move, as far as their disruption budgets let them",
  },
  {
    id: "node-group-replaced",
    severity: "caution",
    types: ["aws_eks_node_group"],
    actions: ["replace"],
    successorFirst: true,
    subject: "a node group",
    predicate: "is replaced, its successor first",
    // docs.aws.amazon.com/eks/latest/userguide/delete-managed-node-group.html
    workloads:
      "once the new nodes are ready, EKS drains all old ones: pods move there, and what is not gone after five minutes is ended with its node",
  },
  {
    id: "karpenter-nodes-changed",
    severity: "danger",
    types: ["github_repository_file"],
    actions: ["update"],
    attributes: ["objects.NodePool.*.spec.template.spec"],
    matters: (before, after) =>
      ["requirements", "startupTaints", "taints"].some((name) => memberDiffers(name, before, after)),
    subject: "the taints of Karpenter's nodes, or what instances they may be,",
    predicate: "change",
    workloads:
      "nodes that no longer fit are replaced, as the pool's budgets allow; see that pods tolerate the new ones",
  },
  {
    id: "karpenter-nodes-rolled",
    severity: "caution",
    types: ["github_repository_file"],
    actions: ["update"],
    attributes: ["objects.NodePool.*.spec.template", "objects.EC2NodeClass.*.spec"],
    matters: (before) => before !== null,
    subject: "what Karpenter makes its nodes of",
    predicate: "changes",
    workloads: "nodes that are made of something else are replaced, as the pool's disruption budgets allow",
  },
  {
    id: "kubernetes-minor-skipped",
    severity: "danger",
    types: ["aws_eks_cluster"],
    actions: changing,
    attributes: ["version"],
    matters: (before, after) => minor(after) > minor(before) + 1,
    subject: "a minor version of Kubernetes",
    predicate: "is skipped",
    workloads: "EKS refuses it: a control plane goes one minor at a time",
  },
  {
    id: "kubernetes-downgrade",
    severity: "danger",
    types: ["aws_eks_cluster", "aws_eks_node_group"],
    actions: changing,
    attributes: ["version"],
    matters: (before, after) => minor(after) < minor(before),
    subject: "Kubernetes",
    predicate: "goes back a version",
    // docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html
    workloads: "EKS takes a control plane back by one minor within seven days, after its nodes, and refuses all else",
  },
  {
    id: "kubernetes-upgrade",
    severity: "caution",
    types: ["aws_eks_cluster"],
    actions: ["update"],
    attributes: ["version"],
    matters: (before, after) => minor(after) === minor(before) + 1,
    subject: "Kubernetes",
    predicate: "is upgraded",
    workloads: "the API stays up; the way back is open for seven days, so look for removed API versions first",
  },
];

function memberDiffers(name: string, before: Value, after: Value): boolean {
  return isObject(before) && isObject(after) && !same(before[name] ?? null, after[name] ?? null);
}
