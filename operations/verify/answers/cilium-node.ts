import { Address4 } from "ip-address";
import * as z from "zod";

import { addressesPerPrefix } from "../../../schema/instance-types";

const interfaceSchema = z.object({
  // Go leaves out a zero.
  number: z.number().default(0),
  addresses: z.array(z.string()).optional(),
  prefixes: z.array(z.string()).optional(),
});

/** A CiliumNode in ENI mode. Cilium 1.20 keeps in it how many addresses are in use, and not which. */
const ciliumNodeSchema = z.object({
  metadata: z.object({ name: z.string(), creationTimestamp: z.string().optional() }),
  spec: z.object({
    ipam: z
      .object({
        "pre-allocate": z.number().optional(),
        pools: z
          .object({
            requested: z.array(z.object({ needed: z.object({ "ipv4-addrs": z.number().optional() }) })).optional(),
          })
          .optional(),
      })
      .optional(),
  }),
  status: z
    .object({
      eni: z
        .object({
          enis: z.record(z.string(), interfaceSchema).optional(),
        })
        .optional(),
      ipam: z.object({ "operator-status": z.object({ error: z.string().optional() }).optional() }).optional(),
    })
    .optional(),
});

/** One of a node's network interfaces. */
export interface NodeInterface {
  /** Its index on the machine: that of the first is 0. */
  readonly index: number;
  /** How many addresses pods can have of it, those in use among them. */
  readonly addresses: number;
}

/** A node as Cilium's agent and operator see it. */
export interface CiliumNode {
  readonly name: string;
  readonly createdAt: string | undefined;
  /** Prefixes that the node has, as networks in CIDR form. */
  readonly networks: readonly string[];
  /** How many those are. */
  readonly prefixes: number;
  readonly interfaces: readonly NodeInterface[];
  /** How many addresses its pods can have, those in use among them. */
  readonly addresses: number;
  /** How many addresses are in use. */
  readonly used: number;
  /** Why the operator could not give the node what it needs; empty if it could. */
  readonly error: string;
}

/** How many spare addresses the agent asks for, unless the node says otherwise (Cilium, `ipam-pre-allocate`). */
const defaultPreAllocate = 8;

/** Reads a CiliumNode of the API; throws if it is none. */
export function ciliumNodeOf(object: unknown): CiliumNode {
  const { metadata, spec, status } = ciliumNodeSchema.parse(object);
  const enis = Object.values(status?.eni?.enis ?? {});
  const networks = enis.flatMap((one) => one.prefixes ?? []);
  const interfaces = enis.map((one) => ({ index: one.number, addresses: addressesOf(one) }));
  const needed = (spec.ipam?.pools?.requested ?? []).reduce((sum, pool) => sum + (pool.needed["ipv4-addrs"] ?? 0), 0);
  return {
    name: metadata.name,
    createdAt: metadata.creationTimestamp,
    networks,
    prefixes: networks.length,
    interfaces,
    addresses: interfaces.reduce((sum, { addresses }) => sum + addresses, 0),
    used: Math.max(needed - (spec.ipam?.["pre-allocate"] || defaultPreAllocate), 0),
    error: status?.ipam?.["operator-status"]?.error ?? "",
  };
}

/** Counts the addresses within prefixes once: the operator lists them one by one, too (Cilium, `pkg/aws/ec2`, parseENI). */
function addressesOf({ addresses = [], prefixes = [] }: z.infer<typeof interfaceSchema>): number {
  const networks = prefixes.map((prefix) => new Address4(prefix));
  const single = addresses.filter((address) => !networks.some((network) => new Address4(address).isInSubnet(network)));
  return prefixes.length * addressesPerPrefix + single.length;
}
