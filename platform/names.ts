// Names that stacks give and that commands, checks and gitops/ look for; and those of all IAM roles, which people look for.

/** Namespace of Cilium and CoreDNS. */
export const systemNamespace = "kube-system";

/** Name of Cilium's Helm release. */
export const ciliumReleaseName = "cilium";

/** Name of the Deployment and the service account of Cilium's operator. */
export const ciliumOperatorName = "cilium-operator";

/** Name of the Deployment of Hubble's UI, and value of its pods' label `k8s-app`. */
export const hubbleUiName = "hubble-ui";

/** Port on which its pods serve the UI (Cilium's chart, hubble-ui/deployment.yaml). */
export const hubbleUiPort = 8081;

/** Name of CoreDNS's add-on and of its Deployment. */
export const coreDnsName = "coredns";

/** Access policy of EKS that lets its principal do everything in a cluster. */
export const clusterAdminPolicy = "AmazonEKSClusterAdminPolicy";

/** Access policy of EKS that lets its principal read everything in a cluster, Secrets among it. */
export const adminViewPolicy = "AmazonEKSAdminViewPolicy";

/** Namespace of Flux's controllers, and name of the objects by which Flux follows the repository, as `flux bootstrap` calls them. */
export const fluxNamespace = "flux-system";

/** Namespace of Karpenter, and name of its service account, Deployment, HelmRelease and Kustomization. */
export const karpenterNamespace = "karpenter";

/** Flux's Kustomizations, all in its namespace. */
export const kustomizations = {
  /** Everything below `clusters/<cluster>`. */
  sync: fluxNamespace,
  /** Flux's own controllers. */
  components: "flux-components",
  karpenter: karpenterNamespace,
  nodePools: "karpenter-nodepools",
} as const;

/** Keeps pods off a node until Cilium's agent runs there: then Cilium's operator takes it off (Cilium, "Taints"). */
export const startupTaint = "node.cilium.io/agent-not-ready";

/** Tag by which Karpenter finds subnets and security groups, and Cilium subnets; its value is the cluster's name. */
export const discoveryTag = "karpenter.sh/discovery";

/** Tag, and label of nodes, that names the NodePool for which Karpenter has launched an instance. */
export const nodePoolTag = "karpenter.sh/nodepool";

/** Tag by which Karpenter names the cluster, as EKS does; its value is the cluster's name. */
export const eksClusterNameTag = "eks:eks-cluster-name";

/** Tag by which Cilium names the cluster of an interface that its operator made; its value is the cluster's name. */
export const ciliumClusterTag = "io.cilium/cluster-name";

/** ConfigMap in Flux's namespace with the values that only AWS knows. */
export const clusterVariablesName = "cluster-variables";

/** Keys of that ConfigMap: the variables that files in the repository use. */
export const clusterVariables = [
  "cluster_endpoint",
  "cluster_name",
  "cluster_region",
  "karpenter_instance_profile",
  "karpenter_node_tags",
  "karpenter_queue_name",
  "karpenter_role_arn",
] as const;

export type ClusterVariable = (typeof clusterVariables)[number];

/** Events that Karpenter hears of before they happen to a node (karpenter.sh, "Interruption"), as names of event rules end. */
export const interruptionEvents = [
  "capacity-reservation",
  "health",
  "rebalance",
  "spot-interruption",
  "state-change",
] as const;

export type InterruptionEvent = (typeof interruptionEvents)[number];

/** Returns the name of the control plane's role. */
export function clusterRoleName(clusterName: string): string {
  return `${clusterName}-cluster`;
}

/** Returns the name of the role by which flow logs reach their log group. */
export function flowLogsRoleName(clusterName: string): string {
  return `${clusterName}-flow-logs`;
}

/** Returns the name of the role of Cilium's operator. */
export function ciliumOperatorRoleName(clusterName: string): string {
  return `${clusterName}-cilium-operator`;
}

/** Returns the name of the role of the managed node group. */
export function systemNodeRoleName(clusterName: string): string {
  return `${clusterName}-system-nodes`;
}

/** Returns the name of the role, and the instance profile, of the nodes that Karpenter launches. */
export function karpenterNodeRoleName(clusterName: string): string {
  return `${clusterName}-karpenter-nodes`;
}

/** Returns the name of Karpenter's role and queue, with which the names of its nodes, policies and event rules begin. */
export function karpenterName(clusterName: string): string {
  return `${clusterName}-karpenter`;
}

/** Returns the names of all IAM roles of a cluster. */
export function roleNames(clusterName: string): string[] {
  return [
    clusterRoleName(clusterName),
    flowLogsRoleName(clusterName),
    ciliumOperatorRoleName(clusterName),
    systemNodeRoleName(clusterName),
    karpenterNodeRoleName(clusterName),
    karpenterName(clusterName),
  ];
}

/** Returns the name of the rule of EventBridge that sends one kind of event to Karpenter's queue. */
export function eventRuleName(clusterName: string, event: InterruptionEvent): string {
  return `${karpenterName(clusterName)}-${event}`;
}

/** Returns the title of the deploy key by which Flux reads the repository. */
export function deployKeyTitle(clusterName: string): string {
  return `Flux in ${clusterName}`;
}

/** Returns the name of the control plane's log group, which EKS prescribes. */
export function controlPlaneLogGroup(clusterName: string): string {
  return `/aws/eks/${clusterName}/cluster`;
}

/** Returns the tag of all that belongs to a cluster, whoever makes it: Terraform, EKS, Cilium or Karpenter. */
export function clusterTag(clusterName: string) {
  return { Cluster: clusterName } as const;
}

/** Returns the tags of all that Terraform makes for a cluster in AWS. */
export function terraformTags(clusterName: string) {
  return { ...clusterTag(clusterName), ManagedBy: "Terraform" } as const;
}

/** Returns the tags of the network interfaces that Cilium's operator makes: its role may delete no others. */
export function ciliumInterfaceTags(clusterName: string) {
  return { "io.cilium/cilium-managed": "true", [ciliumClusterTag]: clusterName } as const;
}

/** Returns the tag by which Kubernetes' controllers name a cluster; `owned` is its value on what is that cluster's alone. */
export function kubernetesClusterTag(clusterName: string) {
  return `kubernetes.io/cluster/${clusterName}` as const;
}

/** Returns the name of a session of `deployRole`, by which CloudTrail says whose calls those are. */
export function deploySessionName(clusterName: string, program: "terraform" | "commands"): string {
  return `${clusterName}-${program}`;
}
