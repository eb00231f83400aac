import {
  eventRuleName,
  interruptionEvents,
  karpenterName,
  karpenterNodeRoleName,
  karpenterRoleName,
  type NamedCluster,
  roleNames,
} from "../../platform/names";

/** Kinds of what the stacks make in AWS that outlives a Terraform that was killed before its state knew of it. */
export type StackKind =
  | "elastic IP"
  | "endpoint"
  | "event rule"
  | "flow log"
  | "instance profile"
  | "internet gateway"
  | "KMS alias"
  | "KMS key"
  | "launch template"
  | "log group"
  | "NAT gateway"
  | "OIDC provider"
  | "policy"
  | "queue"
  | "role"
  | "route table"
  | "security group"
  | "subnet";

/**
 * Returns the names that the stacks give to resources of each kind, with `*` for anything. Resources of EC2 have them as tag `Name`, KMS
 * keys as description, OIDC providers as URL.
 */
export function stackNames(cluster: NamedCluster): Readonly<Record<StackKind, readonly string[]>> {
  const { name: clusterName } = cluster;
  const inZones = (tier: string) => `${clusterName}-${tier}-*`;
  return {
    "elastic IP": [inZones("public")],
    endpoint: [`${clusterName}-endpoints-*`],
    "event rule": interruptionEvents.map((event) => eventRuleName(clusterName, event)),
    "flow log": [clusterName],
    "instance profile": [karpenterNodeRoleName(cluster)],
    "internet gateway": [clusterName],
    "KMS alias": [`alias/eks/${clusterName}`],
    "KMS key": [`Kubernetes secrets of ${clusterName}`],
    // The tags alone would not do: node groups that people add for the cluster have templates too.
    "launch template": [`${clusterName}-system`, `${clusterName}-system-*`],
    "log group": [`/aws/vpc/${clusterName}`],
    "NAT gateway": [inZones("public")],
    "OIDC provider": ["oidc.eks.*"],
    policy: [`${karpenterRoleName(cluster)}-*`],
    queue: [karpenterName(clusterName)],
    role: roleNames(cluster),
    "route table": [`${clusterName}-control-plane`, inZones("private"), `${clusterName}-public`],
    "security group": [`${clusterName}-endpoints`],
    subnet: ["control-plane", "pods", "private", "public"].map(inZones),
  };
}

/** Returns whether the stacks of the cluster give this name to a resource of this kind. */
export function isStackName(cluster: NamedCluster, kind: StackKind, name: string): boolean {
  return stackNames(cluster)[kind].some((pattern) => {
    const start = pattern.replace(/\*$/, "");
    return start === pattern ? name === pattern : name.startsWith(start);
  });
}
