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

/** Access policy of EKS that lets its principal read everything in a cluster: who plans reads Secrets, in which Helm keeps its releases. */
export const adminViewPolicy = "AmazonEKSAdminViewPolicy";

/** Access policies of EKS for those who may do less, by the word that settings have for each. */
export const accessPolicies = {
  view: "AmazonEKSViewPolicy",
  edit: "AmazonEKSEditPolicy",
  admin: "AmazonEKSAdminPolicy",
} as const;

/** Kubernetes group that may read what verify asks for, and name of its ClusterRole and of the binding (gitops/access/verify.yaml). */
export const verifyGroup = "platform-verifier";

/** Namespace of Flux's controllers, and name of the objects by which Flux follows the repository, as `flux bootstrap` calls them. */
export const fluxNamespace = "flux-system";

/** Namespace of Karpenter, and name of its service account, Deployment, HelmRelease and Kustomization. */
export const karpenterNamespace = "karpenter";

/** Namespaces of what the platform runs. */
export const platformNamespaces = [systemNamespace, fluxNamespace, karpenterNamespace] as const;

export type PlatformNamespace = (typeof platformNamespaces)[number];

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

/** Annotation that keeps Karpenter from taking a node away: of the node, or of a pod on it. */
export const doNotDisrupt = "karpenter.sh/do-not-disrupt";

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

/** A cluster, as far as the names of its roles, instance profiles and policies come from it. */
export interface NamedCluster {
  readonly name: string;
  readonly iam: { readonly namePrefix: string };
}

/** Returns the name of the control plane's role. */
export function clusterRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "cluster");
}

/** Returns the name of the role by which flow logs reach their log group. */
export function flowLogsRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "flow-logs");
}

/** Returns the name of the role of Cilium's operator. */
export function ciliumOperatorRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "cilium-operator");
}

/** Returns the name of the role of the managed node group. */
export function systemNodeRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "system-nodes");
}

/** Returns the name of the role, and the instance profile, of the nodes that Karpenter launches. */
export function karpenterNodeRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "karpenter-nodes");
}

/** Returns the name of the role of Karpenter's controller, with which the names of its policies begin. */
export function karpenterRoleName(cluster: NamedCluster): string {
  return iamName(cluster, "karpenter");
}

/** Returns the names of all IAM roles of a cluster. */
export function roleNames(cluster: NamedCluster): string[] {
  return [
    ciliumOperatorRoleName(cluster),
    clusterRoleName(cluster),
    flowLogsRoleName(cluster),
    karpenterRoleName(cluster),
    karpenterNodeRoleName(cluster),
    systemNodeRoleName(cluster),
  ];
}

function iamName({ name, iam }: NamedCluster, purpose: string): string {
  return `${iam.namePrefix}${name}-${purpose}`;
}

/** Returns the name of Karpenter's queue, with which the names of its nodes and event rules begin. */
export function karpenterName(clusterName: string): string {
  return `${clusterName}-karpenter`;
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
