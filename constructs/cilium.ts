import { createHash } from "node:crypto";
import { Release } from "@cdktf/provider-helm/lib/release";
import { Construct } from "constructs";

import { ciliumInterfaceTags, ciliumReleaseName, discoveryTag, systemNamespace } from "../platform/names";
import { podSubnetTag } from "../platform/pod-tags";
import type { ExistingNetwork } from "../schema/network";
import { interfaceSubnets } from "../schema/pod-subnets";

export interface CiliumProps {
  /** Of its chart, without `v`. */
  readonly version: string;

  readonly clusterName: string;

  /** Host of the Kubernetes API: its endpoint without https://. */
  readonly clusterHost: string;

  readonly region: string;

  /** Role of Cilium's operator. */
  readonly operatorRoleArn: string;

  /** Tags of the network interfaces that Cilium makes. */
  readonly tags: Readonly<Record<string, string>>;

  /** Whether pods have subnets of their own, in which no node is. */
  readonly hasPodSubnets: boolean;

  /** Type of the Service before the ingress controller. */
  readonly ingress: "cluster-ip" | "nlb";

  /**
   * Subnets of a network that is there, which may have no tags of the cluster.
   * @default - the subnets of nodes and load balancers have the tags by which they are found
   */
  readonly network?: Pick<ExistingNetwork, "podSubnets" | "privateSubnets" | "publicSubnets"> | undefined;
}

/** Cilium as the only CNI: ENI mode with delegated prefixes, and in kube-proxy's place. */
export class Cilium extends Construct {
  /** To depend on before there are nodes. */
  readonly release: Release;

  constructor(scope: Construct, id: string, props: CiliumProps) {
    super(scope, id);

    this.release = new Release(this, "Resource", {
      name: ciliumReleaseName,
      namespace: systemNamespace,
      repository: "https://helm.cilium.io",
      chart: "cilium",
      version: props.version,
      values: [JSON.stringify(ciliumValues(props), null, 2)],
      // Its Deployments need nodes, and the nodes need it: waiting would never end, and atomic waits too.
      wait: false,
      // An apply that was cut off after Helm was done leaves a release that no state knows; without this the next one refuses its name.
      // One that was killed while Helm was at it leaves the release pending, which `npm run repair` ends.
      upgradeInstall: true,
      // Each revision is a Secret of 672 KB in the cluster's etcd, and Helm keeps all by default. Two are what a rollback needs.
      maxHistory: 3,
    });
  }
}

/** Returns the values of the chart that differ from its defaults. */
export function ciliumValues(props: Omit<CiliumProps, "version">) {
  const { clusterName, clusterHost, region, operatorRoleArn, ingress, network, tags } = props;
  return {
    cluster: { name: clusterName },
    ipam: { mode: "eni" },
    routingMode: "native",
    eni: {
      enabled: true,
      awsEnablePrefixDelegation: true,
      iamRole: operatorRoleArn,
      eniTags: tags,
      // Where a subnet is full, the operator would take another of the zone: a public one, in which pods have no way out.
      nodeSpec: nodeSpec(props),
      // Tags of what the operator makes; its role may delete interfaces by the cluster's alone.
      gcTags: ciliumInterfaceTags(clusterName),
    },
    kubeProxyReplacement: true,
    // Here cloud load balancers ask whether a node serves, as they asked kube-proxy: kubernetes/cloud-provider-aws#622.
    kubeProxyReplacementHealthzBindAddr: "0.0.0.0:10256",
    // Without kube-proxy the Service of the API works only once Cilium runs.
    k8sServiceHost: clusterHost,
    k8sServicePort: 443,
    loadBalancer: { algorithm: "maglev" },
    maglev: { hashSeed: maglevSeed(clusterName) },
    ingressController: {
      enabled: true,
      // All Ingresses have one load balancer, not one each.
      loadbalancerMode: "shared",
      service: ingressService(ingress, network?.publicSubnets),
    },
    // The chart takes two at a time, which is every node of a small group.
    updateStrategy: { rollingUpdate: { maxUnavailable: 1 } },
    resources: requests.agent,
    envoy: { resources: requests.envoy },
    // Envoy reads what strangers send, and asks the API nothing (the chart's RBAC for it is about `nodeLocality`, which is off).
    serviceAccounts: { envoy: { automount: false } },
    operator: { resources: requests.operator, ...webIdentity(operatorRoleArn, region) },
    certgen: { resources: requests.certgen },
    hubble: {
      relay: { enabled: true, resources: requests.relay },
      ui: { enabled: true, backend: { resources: requests.ui }, frontend: { resources: requests.ui } },
      // Helm would sign new certificates at every rendering, so no second plan would be empty.
      tls: { auto: { method: "cronJob" } },
    },
  };
}

/**
 * What the scheduler and Karpenter reserve for Cilium. Nothing has a limit: an agent or an Envoy that is killed takes the network of its
 * node along. Where no source is named, the figure is the example beside it in the chart's values.yaml.
 */
const requests = {
  // Upstream's scalability report measured 438 MiB and 68m on average, on 1,000 nodes with 50,000 pods.
  agent: { requests: { cpu: "100m", memory: "512Mi" } },
  // The chart's 512Mi is far from the 17 to 29 MiB that a cluster with little ingress was seen to use (devantler-tech/platform#1713).
  envoy: { requests: { cpu: "100m", memory: "64Mi" } },
  operator: { requests: { cpu: "100m", memory: "128Mi" } },
  ui: { requests: { cpu: "100m", memory: "64Mi" } },
  // Measured by nobody whom we know, and without an example. It passes on flows, as the UI's backend does.
  relay: { requests: { cpu: "100m", memory: "64Mi" } },
  // Measured by nobody whom we know, and without an example. It signs three certificates and ends.
  certgen: { requests: { cpu: "10m", memory: "32Mi" } },
};

/**
 * Returns what EKS's webhook would put into the operator's pods. The webhook acts only when a pod is made, by what it knows of the
 * account then: an account of the same second is unknown to it, and the pod has no role for ever (aws/containers-roadmap#2679). Where
 * all this is there already, it leaves the pod alone.
 */
function webIdentity(roleArn: string, region: string) {
  const volume = "aws-iam-token";
  const mountPath = "/var/run/secrets/eks.amazonaws.com/serviceaccount";
  const token = { audience: "sts.amazonaws.com", expirationSeconds: 86_400, path: "token" };
  return {
    extraEnv: [
      { name: "AWS_REGION", value: region },
      { name: "AWS_ROLE_ARN", value: roleArn },
      { name: "AWS_WEB_IDENTITY_TOKEN_FILE", value: `${mountPath}/${token.path}` },
    ],
    extraVolumes: [{ name: volume, projected: { sources: [{ serviceAccountToken: token }] } }],
    extraVolumeMounts: [{ name: volume, mountPath, readOnly: true }],
  };
}

/** Returns where the operator makes the interfaces of pods. */
function nodeSpec({
  clusterName,
  hasPodSubnets,
  network,
}: Pick<CiliumProps, "clusterName" | "hasPodSubnets" | "network">) {
  const subnets = network
    ? { subnetIDs: interfaceSubnets(network) }
    : { subnetTags: [`${hasPodSubnets ? podSubnetTag : discoveryTag}=${clusterName}`] };
  // A node's first interface lies in the node's subnet, and its pods would have addresses of that too.
  return hasPodSubnets ? { ...subnets, firstInterfaceIndex: 1 } : subnets;
}

/** @param subnets - of the load balancer, where no tags lead to them */
function ingressService(ingress: CiliumProps["ingress"], subnets: readonly string[] | undefined) {
  const annotation = "service.beta.kubernetes.io/aws-load-balancer";
  const annotations = {
    [`${annotation}-type`]: "nlb",
    ...(subnets && { [`${annotation}-subnets`]: subnets.join(",") }),
  };
  return ingress === "nlb"
    ? { type: "LoadBalancer", annotations }
    : // The API server refuses a traffic policy, which the chart sets by default, on this type.
      { type: "ClusterIP", externalTrafficPolicy: null };
}

/** Returns twelve bytes in Base64, the same on all nodes for ever; the chart's default is known to everybody. */
function maglevSeed(clusterName: string): string {
  return createHash("sha256").update(`maglev ${clusterName}`).digest().subarray(0, 12).toString("base64");
}
