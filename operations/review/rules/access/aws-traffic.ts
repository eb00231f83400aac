import type { ValueObject } from "../../../terraform/plan/value";
import { block, blocks, text, texts } from "./attributes";
import { isAnywhere } from "./networks";
import { type Flow, flow, type TrafficWords } from "./traffic";

/** Traffic that the public endpoint of a cluster's API admits. */
export function apiTraffic({ vpc_config }: ValueObject): readonly Flow[] {
  const { endpoint_public_access, public_access_cidrs } = block(vpc_config);
  const named = texts(public_access_cidrs);
  const networks = named.length > 0 ? named : ["0.0.0.0/0"];
  return endpoint_public_access === false ? [] : networks.map((network) => flow(network, "tcp", 443, 443));
}

export const apiWords: TrafficWords = {
  sentence: (peers, may) => `${peers} ${may} reach the cluster's API`,
  isDanger: isOpenToAll,
};

/** Traffic that a security group admits: its own rules, or one that is a resource of its own. */
export function groupTraffic(direction: "ingress" | "egress", resource: ValueObject): readonly Flow[] {
  const isRule = "ip_protocol" in resource || "protocol" in resource;
  const rules = isRule ? [resource] : blocks(resource[direction]);
  return rules
    .filter(({ type = direction }) => type === direction)
    .flatMap((rule) => {
      const { ip_protocol, protocol = ip_protocol, from_port, to_port } = rule;
      const ports = [Number(text(from_port)), Number(text(to_port))] as const;
      return peersOf(rule).map((peer) => flow(peer, text(protocol), ...ports));
    });
}

export const ingressWords: TrafficWords = {
  sentence: (peers, may, ports) => `${peers} ${may} reach ${ports}`,
  // What serves the public web does so here.
  isDanger: (one) => isOpenToAll(one) && !(one.protocol === "tcp" && one.from === one.to && [80, 443].includes(one.to)),
};

export const egressWords: TrafficWords = {
  sentence: (peers, may, ports) => `${ports} ${may} be reached at ${peers}`,
  isDanger: () => false,
};

function peersOf(rule: ValueObject): readonly string[] {
  const names = [
    ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
    ...["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"],
  ];
  const peers = [...names.flatMap((name) => texts(rule[name])), ...(rule["self"] === true ? ["the group itself"] : [])];
  // Not known either where there are other peers: the provider sets it.
  return peers.length > 0 ? peers : texts(rule["source_security_group_id"]);
}

function isOpenToAll({ network }: Flow): boolean {
  return network !== undefined && isAnywhere(network);
}
