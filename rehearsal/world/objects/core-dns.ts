import { addressInRange } from "../../kubernetes/addresses";
import type { KubernetesObject } from "../kubectl";

const labels = { "k8s-app": "kube-dns", "eks.amazonaws.com/component": "coredns" };
const metadata = { name: "coredns", namespace: "kube-system", labels };

/** Serves names of the cluster, and asks the machine's resolver for all others. */
const corefile = `.:53 {
  errors
  health
  ready
  kubernetes cluster.local in-addr.arpa ip6.arpa {
    pods insecure
    fallthrough in-addr.arpa ip6.arpa
  }
  forward . /etc/resolv.conf
  cache 30
  loop
  reload
}
`;

/** Returns what EKS's add-on applies. */
export const coreDns = (servicesRange: string, version: string): readonly KubernetesObject[] => [
  { apiVersion: "v1", kind: "ServiceAccount", metadata },
  { apiVersion: "v1", kind: "ConfigMap", metadata, data: { Corefile: corefile } },
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
          containers: [{ name: "coredns", image: `coredns:${version}` }],
        },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...metadata, name: "kube-dns" },
    spec: {
      clusterIP: addressInRange(servicesRange, 10),
      selector: { "k8s-app": "kube-dns" },
      ports: [{ name: "dns", port: 53, protocol: "UDP" }],
    },
  },
];
