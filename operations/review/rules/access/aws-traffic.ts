import type { ValueObject } from "../../../terraform/plan/value";
import { isAnywhere } from "./address-ranges";
import { attributeText, attributeTexts, nestedBlock, nestedBlocks } from "./attributes";
import { type Flow, flow, type TrafficPhrases } from "./traffic";

/** Returns the traffic that the public endpoint of a cluster's API admits. */
export function apiTraffic({ vpc_config }: ValueObject): readonly Flow[] {
  const { endpoint_public_access, public_access_cidrs } = nestedBlock(vpc_config);
  const named = attributeTexts(public_access_cidrs);
  const networks = named.length > 0 ? named : ["0.0.0.0/0"];
  return endpoint_public_access === false ? [] : networks.map((network) => flow(network, "tcp", 443, 443));
}

export const apiPhrases: TrafficPhrases = {
  sentence: (peers, may) => `${peers} ${may} reach the cluster's API`,
  isDanger: isOpenToAll,
};

/** Returns the traffic that the rules in a security group admit, or a rule that is a resource of its own. */
export function groupTraffic(direction: "ingress" | "egress", resource: ValueObject): readonly Flow[] {
  const isRule = "ip_protocol" in resource || "protocol" in resource;
  const rules = isRule ? [resource] : nestedBlocks(resource[direction]);
  return rules
    .filter(({ type = direction }) => type === direction)
    .flatMap((rule) => {
      const { ip_protocol, protocol = ip_protocol, from_port, to_port } = rule;
      const ports = [Number(attributeText(from_port)), Number(attributeText(to_port))] as const;
      return peersOf(rule).map((peer) => flow(peer, attributeText(protocol), ...ports));
    });
}

/** Returns the traffic that may enter: what a group or a subnet's list of rules admits, or networks of a list that others admit. */
export function ingressTraffic(resource: ValueObject): readonly Flow[] {
  const { max_entries, prefix_list_id, cidr, entry, rule_action, egress, cidr_block } = resource;
  if (max_entries !== undefined || (cidr !== undefined && prefix_list_id !== undefined)) {
    const list = attributeText(prefix_list_id ?? resource["id"]);
    const networks = [...attributeTexts(cidr), ...nestedBlocks(entry).flatMap((one) => attributeTexts(one["cidr"]))];
    return networks.map((network) => flow(network, `what admits ${list}`, 0, 0));
  }
  if (rule_action !== undefined) {
    const isAllowed = rule_action === "allow" && egress !== true;
    return isAllowed ? groupTraffic("ingress", { ...resource, cidr_blocks: cidr_block ?? null, type: "ingress" }) : [];
  }
  const rules = nestedBlocks(resource["ingress"]).filter(({ action = "allow" }) => action === "allow");
  const inline = rules.map((rule) => ({ ...rule, cidr_blocks: rule["cidr_blocks"] ?? rule["cidr_block"] ?? null }));
  return groupTraffic("ingress", { ...resource, ...(rules.length > 0 ? { ingress: inline } : {}) });
}

export const ingressPhrases: TrafficPhrases = {
  sentence: (peers, may, ports) => `${peers} ${may} reach ${ports}`,
  // Servers of the public web are open to all on these two ports.
  isDanger: (one) => isOpenToAll(one) && !(one.protocol === "tcp" && one.from === one.to && [80, 443].includes(one.to)),
};

export const egressPhrases: TrafficPhrases = {
  sentence: (peers, may, ports) => `${ports} ${may} be reached at ${peers}`,
  isDanger: () => false,
};

function peersOf(rule: ValueObject): readonly string[] {
  const names = [
    ...["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"],
    ...["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"],
  ];
  const peers = [
    ...names.flatMap((name) => attributeTexts(rule[name])),
    ...(rule["self"] === true ? ["the group itself"] : []),
  ];
  // The provider sets this one too, so that it may be unknown where another peer is known.
  return peers.length > 0 ? peers : attributeTexts(rule["source_security_group_id"]);
}

function isOpenToAll({ range }: Flow): boolean {
  return range !== undefined && isAnywhere(range);
}
