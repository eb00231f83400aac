import { Address4 } from "ip-address";
import * as z from "zod";

import { uniqueList } from "./rule";

/** Parses a string that passed one of the rules below. */
export function network(cidr: string): Address4 {
  return new Address4(cidr);
}

/** Returns whether two networks share an address: exactly if one of them holds the other. */
export function overlap(one: Address4, other: Address4): boolean {
  return one.isInSubnet(other) || other.isInSubnet(one);
}

/** Never on the internet (IANA, special-purpose address registry). Ranges for documentation are left out: examples use them. */
const reservedRanges: Readonly<Record<string, string>> = {
  "0.0.0.0/8": "address space of 'this network'",
  "10.0.0.0/8": "private address space",
  "100.64.0.0/10": "shared address space",
  "127.0.0.0/8": "loopback address space",
  "169.254.0.0/16": "link-local address space",
  "172.16.0.0/12": "private address space",
  "192.168.0.0/16": "private address space",
  "198.18.0.0/15": "address space of benchmarks",
  "224.0.0.0/3": "multicast or reserved address space",
};

/** Returns the reserved range that a network shares addresses with. */
function reservedRange(shared: Address4): string | undefined {
  return Object.keys(reservedRanges).find((range) => overlap(shared, network(range)));
}

type Problem = string | false | undefined;

/** Returns a schema of IPv4 networks in CIDR form that `problems` has nothing against. */
export function ipv4Network(rule: string, problems: (network: Address4) => Problem[]) {
  return z.string(rule).superRefine((value, context) => {
    for (const message of problemsOf(value, rule, problems)) {
      if (message) {
        context.addIssue({ code: "custom", message });
      }
    }
  });
}

function problemsOf(value: string, rule: string, problems: (network: Address4) => Problem[]): Problem[] {
  if (!z.cidrv4().safeParse(value).success) {
    return [
      z.cidrv6().safeParse(value).success ? `is IPv6, which this platform's clusters do not use; it ${rule}` : rule,
    ];
  }
  const parsed = network(value);
  const whole = parsed.networkForm();
  return [value !== whole && `has host bits set; write the network that it lies in, '${whole}'`, ...problems(parsed)];
}

/**
 * Address block of a VPC: RFC 1918 or RFC 6598, between /16 (the largest that EC2 takes) and /24 (the smallest whose public subnets, for
 * four zones, are the /28 that EC2 takes at least).
 */
export const vpcBlock = ipv4Network("must be an IPv4 network from /16 to /24, such as '10.200.0.0/16'", (block) => [
  (block.subnetMask < 16 || block.subnetMask > 24) && `must be a /16 to /24, and is a /${block.subnetMask}`,
  publicBlockProblem(block),
]);

/** Address block for pods alone, beside that of the VPC: from /16 (the largest that EC2 takes) to /20, a /22 for each of four zones. */
export const podBlock = ipv4Network("must be an IPv4 network from /16 to /20, such as '100.64.0.0/16'", (block) => [
  (block.subnetMask < 16 || block.subnetMask > 20) && `must be a /16 to /20, and is a /${block.subnetMask}`,
  publicBlockProblem(block),
]);

function publicBlockProblem(block: Address4): Problem {
  return (
    !block.isPrivate() &&
    !block.isCGNAT() &&
    `is ${reservedRanges[reservedRange(block) ?? ""] ?? "public address space"}; take a network inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`
  );
}

/** A network that EKS takes in `publicAccessCidrs`: it "cannot include reserved address space" (user guide), unless it is everything. */
const clientNetwork = ipv4Network(
  "must be an IPv4 network in CIDR form, such as '203.0.113.0/24', or '203.0.113.7/32' for one address",
  (client) => {
    const reserved = client.subnetMask > 0 && reservedRange(client);
    return [
      reserved &&
        `shares addresses with ${reserved}, which is reserved, so EKS refuses it; name the public addresses that clients come from (inside the VPC the private endpoint answers)`,
    ];
  },
);

/** Service quota of EKS. */
const mostClientNetworks = 40;

export const clientNetworks = uniqueList(
  clientNetwork,
  "must be a list of IPv4 networks; an empty list means private only",
).superRefine((clients, context) => {
  if (clients.length > mostClientNetworks) {
    const message = `is longer than the ${mostClientNetworks} networks that EKS takes; join some of them`;
    context.addIssue({ code: "custom", message });
    return;
  }
  const sound = clients.filter((client) => clientNetwork.safeParse(client).success);
  for (const [index, client] of clients.entries()) {
    const wider = sound.find(
      (other) => other !== client && sound.includes(client) && network(client).isInSubnet(network(other)),
    );
    if (wider) {
      const message = `lies inside '${wider}', another entry; leave one of the two out`;
      context.addIssue({ code: "custom", path: [index], message });
    }
  }
});
