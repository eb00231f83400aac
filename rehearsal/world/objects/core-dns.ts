import { versions } from "../../../platform/versions";
import type { KubernetesObject } from "../kubectl";

const labels = { "k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns" };
const metadata = { name: "coredns", namespace: "kube-system", labels };

/** What EKS's add-on applies. */
export const coreDns: readonly KubernetesObject[] = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata,
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: "coredns",
          priorityClassName: "system-cluster-critical",
          containers: [{ name: "coredns", image: `coredns:${versions.coreDns}` }],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...metadata, name: "kube-dns" },
    spec: {
      clusterIP: "172.20.0.10",
      selector: { "k8s-app": "kube-dns" },
      ports: [{ name: "dns", port: 53, protocol: "UDP" }],
    },
  },
];
