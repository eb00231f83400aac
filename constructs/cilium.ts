import { createHash } from "node:crypto";
import { Release } from "@cdktf/provider-helm/lib/release";
import { Construct } from "constructs";

import { ciliumInterfaceTags, ciliumReleaseName, discoveryTag, systemNamespace } from "../platform/names";
import { versions } from "../platform/versions";

export interface CiliumProps {
  readonly clusterName: string;

  /** Host of the Kubernetes API: its endpoint without https://. */
  readonly clusterHost: string;

  /** Role of Cilium's operator. */
  readonly operatorRoleArn: string;

  /** Tags of the network interfaces that Cilium makes. */
  readonly tags: Readonly<Record<string, string>>;

  /** Type of the Service before the ingress controller. */
  readonly ingress: "cluster-ip" | "nlb";
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
      version: versions.cilium,
      values: [JSON.stringify(ciliumValues(props), null, 2)],
      // Its Deployments need nodes, and the nodes need it: waiting would never end, and atomic waits too.
      wait: false,
      // An apply that was cut off leaves a release that no state knows; without this the next one refuses its name.
      upgradeInstall: true,
    });
  }
}

/** Returns the values of the chart that differ from its defaults. */
export function ciliumValues({ clusterName, clusterHost, operatorRoleArn, ingress, tags }: CiliumProps) {
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
      nodeSpec: { subnetTags: [`${discoveryTag}=${clusterName}`] },
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
      service: ingressService(ingress),
    },
    // The chart takes two at a time, which is every node of a small group.
    updateStrategy: { rollingUpdate: { maxUnavailable: 1 } },
    hubble: {
      relay: { enabled: true },
      ui: { enabled: true },
      // Helm would sign new certificates at every rendering, so no second plan would be empty.
      tls: { auto: { method: "cronJob" } },
    },
  };
}

function ingressService(ingress: CiliumProps["ingress"]) {
  return ingress === "nlb"
    ? { type: "LoadBalancer", annotations: { "service.beta.kubernetes.io/aws-load-balancer-type": "nlb" } }
    : // The API server refuses a traffic policy, which the chart sets by default, on this type.
      { type: "ClusterIP", externalTrafficPolicy: null };
}

/** Returns twelve bytes in Base64, the same on all nodes for ever; the chart's default is known to everybody. */
function maglevSeed(clusterName: string): string {
  return createHash("sha256").update(`maglev ${clusterName}`).digest().subarray(0, 12).toString("base64");
}
