import { Address4 } from "ip-address";
import * as z from "zod";

/** Parses what passed one of the rules below. */
export function network(cidr: string): Address4 {
  return new Address4(cidr);
}

/** Two networks share an address exactly if one of them holds the other. */
export function overlap(one: string, other: string): boolean {
  return network(one).isInSubnet(network(other)) || network(other).isInSubnet(network(one));
}

type Problem = string | undefined;

/** An IPv4 network in CIDR form that `problem` has nothing against. */
function ipv4Network(rule: string, problem: (network: Address4) => Problem) {
  return z.string(rule).superRefine((value, context) => {
    const found = problemOf(value, rule, problem);
    if (found) {
      context.addIssue({ code: "custom", message: found });
    }
  });
}

function problemOf(value: string, rule: string, problem: (network: Address4) => Problem): Problem {
  if (!z.cidrv4().safeParse(value).success) {
    return value.includes(":") ? `is IPv6, which this platform's clusters do not use; ${rule}` : rule;
  }
  const parsed = network(value);
  if (parsed.startAddress().address.split("/")[0] !== value.split("/")[0]) {
    return `has host bits set: the network of that size is ${parsed.networkForm()}; write that`;
  }
  return problem(parsed);
}

/**
 * Address block of a VPC: RFC 1918 or RFC 6598, between /16 (the largest that EC2 takes) and /18 (the smallest whose control-plane
 * subnets are still larger than the /28 that EC2 takes, with room to spare).
 */
export const vpcBlock = ipv4Network("must be an IPv4 network from /16 to /18, such as '10.200.0.0/16'", (block) => {
  if (block.subnetMask < 16 || block.subnetMask > 18) {
    return `must be a /16, /17 or /18, and is a /${block.subnetMask}`;
  }
  if (!block.isPrivate() && !block.isCGNAT()) {
    return "is public address space; take a network inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10";
  }
  return undefined;
});

/** A network that EKS takes in `publicAccessCidrs`: IPv4, and not of a range that never reaches a public endpoint. */
export const clientNetwork = ipv4Network("must be an IPv4 network in CIDR form, such as '203.0.113.0/24'", (client) => {
  const everywhere = client.subnetMask === 0;
  const unreachable =
    client.isPrivate() || client.isCGNAT() || client.isLoopback() || client.isLinkLocal() || client.isMulticast();
  return unreachable && !everywhere
    ? "never reaches the public endpoint, so EKS refuses it; name the public addresses that clients come from (inside the VPC the private endpoint answers)"
    : undefined;
});
