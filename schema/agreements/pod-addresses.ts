import type { Address4 } from "ip-address";

import { network, overlap } from "../address";
import { nodesPerZone, prefixesPerNode } from "../address-room";
import type { Cluster } from "../cluster";
import { chosenServiceCidr } from "../control-plane";
import { podsPerNode } from "../instance-types";
import type { SoundSettings } from "../sound-members";
import type { Mistake } from "./mistake";

/** Returns what of the addresses for nodes and pods can't be, or is too little for one node. */
export function podAddressDisagreements(cluster: SoundSettings): Mistake[] {
  const { cidrBlock, podCidr, endpoints = [] } = cluster;
  // A setting that is wrong by itself is absent.
  if (cidrBlock === undefined || !("podCidr" in cluster)) {
    return [];
  }
  if (podCidr !== undefined) {
    const problems = podCidrProblems({ ...cluster, cidrBlock, podCidr });
    return problems.map((message) => ({ path: ["podCidr"], message }));
  }
  const message = `has not the ${prefixesPerNode} whole /28s that the ${podsPerNode} pods of a node take, in each zone; take a /22 or larger, or give pods addresses of their own by podCidr`;
  return nodesPerZone({ cidrBlock, podCidr, endpoints }) > 0 ? [] : [{ path: ["cidrBlock"], message }];
}

function podCidrProblems(cluster: SoundSettings & { readonly cidrBlock: string; readonly podCidr: string }): string[] {
  const { cidrBlock, podCidr } = cluster;
  const [vpc, pods] = [network(cidrBlock), network(podCidr)];
  if (overlap(vpc, pods)) {
    return [`shares addresses with cidrBlock, ${cidrBlock}, and a VPC has each address once; take another network`];
  }
  return [...servicesProblems(cluster.controlPlane, cidrBlock, pods), ...refusedByAws(vpc, pods)];
}

function servicesProblems(controlPlane: SoundSettings["controlPlane"], cidrBlock: string, pods: Address4): string[] {
  if (controlPlane === undefined || controlPlane.serviceCidr === null) {
    return [];
  }
  const { serviceCidr } = controlPlane;
  const services = serviceCidr ?? chosenServiceCidr(cidrBlock);
  const wayOut =
    serviceCidr === undefined
      ? ", which EKS chooses; take another network, or name one in controlPlane.serviceCidr"
      : " of controlPlane.serviceCidr; take another network";
  return overlap(network(services), pods) ? [`shares addresses with those of Services, ${services}${wayOut}`] : [];
}

/** Returns why AWS does not let a VPC of the first block have the second one too (VPC user guide, "IPv4 CIDR block association restrictions"). */
function refusedByAws(vpc: Address4, pods: Address4): string[] {
  const shared = network("100.64.0.0/10");
  const families = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map(network);
  const own = families.find((family) => vpc.isInSubnet(family));
  if (pods.isInSubnet(shared)) {
    return [];
  }
  if (own === undefined || !pods.isInSubnet(own)) {
    const allowed = own === undefined ? "100.64.0.0/10" : `${own.address} or 100.64.0.0/10`;
    return [`is refused by AWS beside a cidrBlock of ${(own ?? shared).address}; take a network of ${allowed}`];
  }
  // Services of AWS use these themselves.
  const taken = [
    ...(vpc.isInSubnet(network("10.0.0.0/15")) ? ["10.0.0.0/16"] : []),
    ...(own.address === "172.16.0.0/12" ? ["172.31.0.0/16"] : []),
  ].find((range) => pods.isInSubnet(network(range)));
  return taken === undefined
    ? []
    : [
        `is of ${taken}, which AWS refuses beside this cidrBlock; take another network of ${own.address}, or of 100.64.0.0/10`,
      ];
}

/** Returns what of the addresses for pods is allowed, and should be somebody's decision. */
export function podAddressWarnings(cluster: Cluster): string[] {
  const { name, zones, nodes, cidrBlock, podCidr, endpoints, network } = cluster;
  if (cidrBlock === undefined) {
    return network.podSubnets === undefined ? [] : [proxyWarning(name, "network.podSubnets")];
  }
  const fitting = nodesPerZone({ cidrBlock, podCidr, endpoints }) * zones.length;
  const blocks = podCidr === undefined ? `cidrBlock ${cidrBlock} has` : `cidrBlock ${cidrBlock} and podCidr have`;
  return [
    ...(nodes.maxSize > fitting
      ? [
          `${name}: nodes.maxSize is ${nodes.maxSize}, and ${blocks} addresses for ${fitting} nodes with ${podsPerNode} pods each in ${zones.length} zones, Karpenter's among them; see that fewer pods will do, or take a larger block`,
        ]
      : []),
    ...(podCidr === undefined ? [] : [proxyWarning(name, "podCidr")]),
  ];
}

/** @param setting - what gives pods subnets of their own */
function proxyWarning(name: string, setting: "podCidr" | "network.podSubnets"): string {
  const where = setting === "podCidr" ? "in a secondary block" : "in subnets of their own";
  return `${name}: ${setting}: with pods ${where}, what goes through Cilium's proxy from node to node was seen to time out (cilium/cilium#43493, open); try L7 policies and Ingresses across nodes before you rely on them`;
}
