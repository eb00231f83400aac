import { releaseNamed } from "../../../releases/all";
import { nodeZones } from "../existing-network";
import type { Facts } from "../facts";
import type { KubernetesObject } from "../kubectl";
import type { Machine } from "../machines";
import { condition } from "./status";

const image = "ami-0a1b2c3d4e5f60718";

/** Returns an object of Karpenter's with the status that its controller writes when nothing is wrong. */
export function withKarpenterStatus(object: KubernetesObject, facts: Facts): KubernetesObject {
  const status = statuses[object.kind]?.(facts);
  return status === undefined ? object : { ...object, status };
}

function allTrue(...types: string[]): object[] {
  return types.map((type) => condition(type, "True", type));
}

const statuses: Readonly<Record<string, (facts: Facts) => object>> = {
  NodePool: () => ({
    nodes: 1,
    resources: { cpu: "2", memory: "3901956Ki", nodes: "1" },
    conditions: allTrue("ValidationSucceeded", "NodeClassReady", "NodeRegistrationHealthy", "Ready"),
  }),
  EC2NodeClass: ({ cluster, subnets, securityGroup, variables }) => ({
    amis: [
      {
        id: image,
        name: `bottlerocket-aws-k8s-${releaseNamed(cluster.release).kubernetes.version}-aarch64-v${releaseNamed(cluster.release).bottlerocket.version}-1a2b3c4d`,
        requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
      },
    ],
    instanceProfile: variables["karpenter_instance_profile"],
    securityGroups: [{ id: securityGroup }],
    subnets: subnets.map((id, index) => ({ id, zone: nodeZones(cluster)[index] })),
    conditions: allTrue(
      "AMIsReady",
      "InstanceProfileReady",
      "SecurityGroupsReady",
      "SubnetsReady",
      "ValidationSucceeded",
      "Ready",
    ),
  }),
};

/** Returns what Karpenter keeps of a machine that it launched. */
export function nodeClaim(name: string, { instance, instanceType, zone, name: nodeName }: Machine): KubernetesObject {
  const labels = {
    "karpenter.sh/nodepool": "default",
    "karpenter.sh/capacity-type": "on-demand",
    "node.kubernetes.io/instance-type": instanceType,
    "topology.kubernetes.io/zone": zone,
  };
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodeClaim",
    metadata: { name, labels },
    spec: {
      expireAfter: "12h",
      terminationGracePeriod: "30m",
      nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
      requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
      startupTaints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }],
    },
    status: {
      nodeName,
      providerID: `aws:///${zone}/${instance}`,
      imageID: image,
      capacity: { cpu: "2", memory: "3901956Ki" },
      allocatable: { cpu: "1930m", memory: "3211Mi" },
      conditions: allTrue("Launched", "Registered", "Initialized", "Ready"),
    },
  };
}
