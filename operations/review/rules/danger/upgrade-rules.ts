import { member, type Value } from "../../../terraform/plan/value";
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
    types: ["aws_eks_node_group", "NodePool", "EC2NodeClass", "ConfigMap"],
    actions: ["update"],
    attributes: [
      "version",
      "release_version",
      "launch_template.0.version",
      "NodePool/spec.template",
      "EC2NodeClass/spec",
      // Flux puts them into the EC2NodeClass.
      "ConfigMap/data.karpenter_instance_profile",
      "ConfigMap/data.karpenter_node_tags",
    ],
    subject: "nodes of a group, or of Karpenter's,",
    predicate: "are replaced, a few at a time",
    workloads: "each is drained first: pods move, as far as their and the pool's disruption budgets let them",
  },
  {
    id: "node-group-emptied",
    severity: "danger",
    types: ["aws_eks_node_group"],
    actions: changing,
    when: ({ after }) => member(scalingOf(after), "desired_size") === 0 || mayAllBeUnavailable(after),
    attributes: [
      "scaling_config.0.desired_size",
      "update_config.0.max_unavailable_percentage",
      "update_config.0.max_unavailable",
    ],
    subject: "a node group",
    predicate: "goes to zero, or may lose all of its nodes at once",
    workloads: "its nodes go, now or at the next update, and their pods move to what other nodes there are, or wait",
  },
  {
    id: "node-group-refused",
    severity: "danger",
    types: ["aws_eks_node_group"],
    actions: changing,
    when: ({ after }) =>
      isAboveWhatRuns(after) || minor(member(after, "version")) > minor(member(after, "cluster_version")),
    attributes: ["scaling_config.0.min_size", "version"],
    subject: "a node group's minimum, or its version,",
    predicate: "is above what there is",
    workloads:
      "EKS refuses it, when other things are applied already; first upgrade the cluster, or raise what runs with " +
      "`aws eks update-nodegroup-config --cluster-name CLUSTER --nodegroup-name GROUP --scaling-config desiredSize=COUNT`",
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
    types: ["NodePool"],
    actions: ["update"],
    attributes: ["requirements", "startupTaints", "taints"].map((name) => `spec.template.spec.${name}`),
    subject: "the taints of Karpenter's nodes, or what instances they may be,",
    predicate: "change",
    workloads:
      "nodes that no longer fit are replaced, as the pool's budgets allow; see that pods tolerate the new ones",
  },
  {
    id: "minor-skipped",
    severity: "danger",
    types: ["aws_eks_cluster", "helm_release"],
    actions: changing,
    where: ({ chart = "cilium" }) => chart === "cilium",
    attributes: ["version"],
    // EKS goes back by one minor at most, which is a rule of its own.
    matters: (before, after) => Math.abs(minor(after) - minor(before)) > 1,
    subject: "a minor version of Kubernetes, or of Cilium,",
    predicate: "is skipped",
    workloads: "EKS refuses it; Cilium is tested from one minor to the next alone, so that connections may break",
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

/** Returns whether EKS is asked for a minimum that is higher than the number of nodes, which it does not raise by itself. */
function isAboveWhatRuns(group: Value): boolean {
  const scaling = scalingOf(group);
  return Number(member(scaling, "min_size")) > Number(member(scaling, "desired_size") ?? Number.NaN);
}

function scalingOf(group: Value): Value {
  return member(member(group, "scaling_config"), 0);
}

function mayAllBeUnavailable(group: Value): boolean {
  const update = member(member(group, "update_config"), 0);
  const count = Number(member(scalingOf(group), "desired_size"));
  return (
    Number(member(update, "max_unavailable_percentage")) >= 100 ||
    (count > 1 && Number(member(update, "max_unavailable")) >= count)
  );
}
