import { Address4 } from "ip-address";

import { ciliumReleaseName, discoveryTag, systemNamespace } from "../../../platform/names";
import { podSubnetTag } from "../../../platform/pod-tags";
import { hasPodSubnets, interfaceSubnets } from "../../../schema/pod-subnets";
import { existingBlock } from "../existing-network";
import type { Facts } from "../facts";
import type { Kubectl, KubernetesObject } from "../kubectl";
import { addressIn, firstNumber, type Machine, numberOf } from "../machines";

/** Has agents and operators read their configuration as it is now. */
export async function restartCilium(kubectl: Kubectl): Promise<void> {
  for (const label of ["k8s-app=cilium", "io.cilium/app=operator"]) {
    await kubectl.run(["delete", "pods", `--selector=${label}`, "--namespace=kube-system"]);
  }
}

/** How many addresses the agent wants to have at hand (Cilium's default, `ipam-pre-allocate`). */
const preAllocated = 8;

/** A prefix of EC2's is a /28. */
const prefixSize = 16;

/**
 * What Cilium knows of a machine: the agent says how many addresses it wants, the operator which it has.
 * @param used - addresses that pods have
 */
export function ciliumNode(
  { vpc, securityGroup, cluster }: Pick<Facts, "cluster" | "securityGroup" | "vpc">,
  machine: Machine,
  used = 6,
): KubernetesObject {
  const { name, address, zone, subnet, podSubnet, instance, instanceType } = machine;
  const first = placeOfPrefix(machine);
  const prefix = `${addressIn(podSubnet.cidr, first)}/28`;
  // The first interface is the node's own; with subnets for pods, its pods' are the others.
  const own = !hasPodSubnets(cluster);
  const number = own ? 0 : 1;
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
        "node-subnet-id": subnet.id,
        ...(cluster.network
          ? { "subnet-ids": interfaceSubnets(cluster.network) }
          : { "subnet-tags": { [own ? discoveryTag : podSubnetTag]: cluster.name } }),
        ...(own ? {} : { "first-interface-index": number }),
      },
      ipam: { pools: { requested: [{ pool: "default", needed: { "ipv4-addrs": used + preAllocated } }] } },
    },
    status: {
      eni: {
        enis: {
          [`eni-${instance.slice(2)}`]: {
            id: `eni-${instance.slice(2)}`,
            number,
            ip: own ? address : addressIn(podSubnet.cidr, numberOf(machine)),
            mac: `06:00:00:00:00:${numberOf(machine).toString(16).padStart(2, "0")}`,
            "availability-zone": zone,
            prefixes: [prefix],
            // The operator lists them one by one, too.
            addresses: Array.from({ length: prefixSize }, (_, index) => addressIn(podSubnet.cidr, first + index)),
            "security-groups": [securityGroup],
            subnet: podSubnet,
            vpc: { id: vpc, "primary-cidr": cluster.cidrBlock ?? existingBlock },
          },
        },
      },
      ipam: { "operator-status": {} },
    },
  };
}

/** Returns where a machine's prefix begins in the subnet: in its upper half, behind single addresses. */
function placeOfPrefix(machine: Machine): number {
  const half = 2 ** (31 - new Address4(machine.podSubnet.cidr).subnetMask);
  return half + (((numberOf(machine) - firstNumber) * prefixSize) % half);
}

/** The Secrets that the chart's Job makes, with nothing in them: no pod runs here. */
export const hubbleCertificates: readonly KubernetesObject[] = ["hubble-server-certs", "hubble-relay-client-certs"].map(
  (name) => ({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/tls",
    metadata: { name, namespace: systemNamespace },
    data: { "ca.crt": "", "tls.crt": "", "tls.key": "" },
  }),
);

/** Returns the Secret in which Helm keeps a revision of the release; what was applied, in a form of Helm's own, is left out. */
export function ciliumReleaseSecret(status = "deployed", version = 1, labels: Readonly<Record<string, string>> = {}) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "helm.sh/release.v1",
    metadata: {
      name: `sh.helm.release.v1.${ciliumReleaseName}.v${version}`,
      namespace: systemNamespace,
      labels: { name: ciliumReleaseName, owner: "helm", status, version: `${version}`, ...labels },
    },
  } satisfies KubernetesObject;
}
