import { releaseNamed } from "../../../releases/all";
import type { Cluster } from "../../../schema/settings";
import type { KubernetesObject } from "../kubectl";
import type { Machine } from "../machines";

/** Returns the node that a machine's kubelet registers, once Cilium has taken its taint off. */
export function node({ region, release }: Pick<Cluster, "region" | "release">, machine: Machine): KubernetesObject {
  const { bottlerocket, kubernetes } = releaseNamed(release);
  const { name, address, zone, instance, instanceType, nodeGroup } = machine;
  const capacity = { cpu: "2", memory: "3901956Ki", "ephemeral-storage": "20624Mi", pods: "30" };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name,
      labels: {
        "kubernetes.io/hostname": name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "arm64",
        "node.kubernetes.io/instance-type": instanceType,
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": zone,
        ...(nodeGroup
          ? { "eks.amazonaws.com/nodegroup": nodeGroup, "eks.amazonaws.com/capacityType": "ON_DEMAND" }
          : {
              "karpenter.sh/nodepool": "default",
              "karpenter.sh/capacity-type": "on-demand",
              "karpenter.sh/registered": "true",
              "karpenter.sh/initialized": "true",
              "karpenter.k8s.aws/ec2nodeclass": "default",
            }),
      },
    },
    spec: { providerID: `aws:///${zone}/${instance}`, taints: [] },
    status: {
      addresses: [
        { type: "InternalIP", address },
        // Where kwok answers as its kubelet, to which the API server goes for ports of pods.
        { type: "Hostname", address: "localhost" },
      ],
      allocatable: { ...capacity, cpu: "1930m", memory: "3211Mi" },
      capacity,
      nodeInfo: {
        architecture: "arm64",
        bootID: instance,
        containerRuntimeVersion: "containerd://2.3.1+bottlerocket",
        kernelVersion: "6.18.2",
        kubeProxyVersion: "",
        kubeletVersion: `v${kubernetes.version}.3-eks-1a2b3c4`,
        machineID: instance,
        operatingSystem: "linux",
        osImage: `Bottlerocket OS ${bottlerocket.version} (aws-k8s-${kubernetes.version})`,
        systemUUID: instance,
      },
    },
  };
}
