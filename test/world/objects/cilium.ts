import type { Kubectl, KubernetesObject } from "../kubectl";
import type { Facts, Machine } from "./facts";

/** Has agents and operators read their configuration as it is now. */
export async function restartCilium(kubectl: Kubectl): Promise<void> {
  for (const label of ["k8s-app=cilium", "io.cilium/app=operator"]) {
    await kubectl.run(["delete", "pods", `--selector=${label}`, "--namespace=kube-system"]);
  }
}

/** How many addresses the agent wants to have at hand (Cilium's default, `ipam-pre-allocate`). */
const preAllocated = 8;

/**
 * What Cilium knows of a machine: the agent says how many addresses it wants, the operator which it has.
 * @param used - addresses that pods have
 */
export function ciliumNode(facts: Facts, machine: Machine, used = 6): KubernetesObject {
  const { vpc, securityGroup, cluster } = facts;
  const { name, address, zone, subnet, instance, instanceType } = machine;
  const [first = "", second = "", third = ""] = address.split(".");
  const last = Number(address.split(".")[3]);
  const prefix = `${first}.${second}.${Number(third) + 4}.${last * 16 - 160}/28`;
  return {
    apiVersion: "cilium.io/v2",
    kind: "CiliumNode",
    metadata: { name },
    spec: {
      "instance-id": instance,
      addresses: [{ type: "InternalIP", ip: address }],
      eni: {
        "instance-type": instanceType,
        "availability-zone": zone,
        "vpc-id": vpc,
        "node-subnet-id": subnet,
        "subnet-tags": { "karpenter.sh/discovery": cluster.name },
      },
      ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": used + preAllocated } }] } },
    },
    status: {
      eni: {
        enis: {
          [`eni-${instance.slice(2)}`]: {
            id: `eni-${instance.slice(2)}`,
            number: 0,
            ip: address,
            mac: `06:00:00:00:00:${last.toString(16).padStart(2, "0")}`,
            "availability-zone": zone,
            prefixes: [prefix],
            // The operator lists them one by one, too.
            addresses: Array.from({ length: 16 }, (_, index) =>
              prefix.replace(/\d+\/28$/, `${last * 16 - 160 + index}`),
            ),
            "security-groups": [securityGroup],
            subnet: { id: subnet, cidr: `${first}.${second}.${third}.0/20` },
            vpc: { id: vpc, "primary-cidr": cluster.cidrBlock },
          },
        },
      },
      ipam: { "operator-status": {} },
    },
  };
}
