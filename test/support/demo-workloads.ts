import { fluxDeployments } from "../../rehearsal/kubernetes/flux-controllers";
import { podsPerNode } from "../../schema/instance-types";
import { ciliumManifests, karpenterManifests, kubernetesForm, type Manifest, objectsOf } from "./manifests";
import { platform } from "./synth";

const { resource } = platform().bootstrap;

/**
 * What pods may ask of a t4g.medium, of 2 CPUs and 4 GiB, in thousandths of a CPU and MiB. Memory is what Karpenter
 * expects of the type (memory() in its pkg/providers/instancetype/types.go): 64 MiB of an arm64 are not there, and 7.5 percent are the
 * hypervisor's. Bottlerocket reserves for the kubelet by the number of pods (kubeReservedResources() there), and the kubelet evicts
 * below 100 MiB.
 */
export const allocatable = {
  cpu: 2000 - 60 - 10,
  memory: Math.floor((4096 - 64) * 0.925) - (11 * podsPerNode + 255) - 100,
};

/**
 * EKS's add-on, which nobody can render. It asks what upstream's Deployment does (kubernetes/kops#6719; its CPU is in
 * eksctl-io/eksctl#1716, its limit in aws/containers-roadmap#2667).
 */
const coreDns: Manifest = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "coredns", namespace: "kube-system" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { "k8s-app": "kube-dns" } },
    template: {
      metadata: { labels: { "k8s-app": "kube-dns" } },
      spec: {
        containers: [{ name: "coredns", image: "coredns", resources: { requests: { cpu: "100m", memory: "70Mi" } } }],
        ...JSON.parse(resource.aws_eks_addon?.core_dns.configuration_values),
      },
    },
  },
};

/** Returns all that runs in the demo. */
export async function workloads(): Promise<Manifest[]> {
  const { metadata, spec } = resource.kubernetes_job_v1?.flux_installation ?? {};
  const job = { apiVersion: "batch/v1", kind: "Job", metadata, spec: kubernetesForm(spec) };
  const rendered = await Promise.all([ciliumManifests(), karpenterManifests(), fluxDeployments()]);
  const kinds = ["CronJob", "DaemonSet", "Deployment", "Job"];
  return [...rendered.flatMap(objectsOf).filter(({ kind }) => kinds.includes(kind)), coreDns, job];
}
