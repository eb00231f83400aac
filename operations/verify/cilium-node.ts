import { Address4 } from "ip-address";
import * as z from "zod";

const eni = z.object({ addresses: z.array(z.string()).optional(), prefixes: z.array(z.string()).optional() });

type Eni = z.infer<typeof eni>;

/** What is read of a CiliumNode in ENI mode; Cilium 1.20 keeps there how many addresses are in use, and not which. */
const ciliumNode = z.object({
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
          enis: z.record(z.string(), eni).optional(),
        })
        .optional(),
      ipam: z.object({ "operator-status": z.object({ error: z.string().optional() }).optional() }).optional(),
    })
    .optional(),
});

/** A node, as Cilium's agent and operator see it. */
export interface CiliumNode {
  readonly name: string;
  readonly createdAt: string | undefined;
  readonly prefixes: number;
  /** That pods can have, taken or not. */
  readonly addresses: number;
  readonly used: number;
  /** What the operator could not do; empty if nothing. */
  readonly error: string;
}

/** Addresses of a delegated prefix, which is a /28. */
const inPrefix = 16;
/** The agent asks for so many more than it has given away (Cilium, `ipam-pre-allocate`). */
const usualReserve = 8;

export function ciliumNodeOf(object: unknown): CiliumNode {
  const { metadata, spec, status } = ciliumNode.parse(object);
  const enis = Object.values(status?.eni?.enis ?? {});
  const prefixes = enis.reduce((sum, eni) => sum + (eni.prefixes ?? []).length, 0);
  const single = enis.reduce((sum, eni) => sum + singleAddresses(eni), 0);
  const needed = (spec.ipam?.pools?.requested ?? []).reduce((sum, pool) => sum + (pool.needed["ipv4-addrs"] ?? 0), 0);
  return {
    name: metadata.name,
    createdAt: metadata.creationTimestamp,
    prefixes,
    addresses: prefixes * inPrefix + single,
    used: Math.max(needed - (spec.ipam?.["pre-allocate"] || usualReserve), 0),
    error: status?.ipam?.["operator-status"]?.error ?? "",
  };
}

/** The operator lists the addresses of an interface's prefixes among the others too (Cilium, `pkg/aws/ec2`, parseENI). */
function singleAddresses({ addresses = [], prefixes = [] }: Eni): number {
  const networks = prefixes.map((prefix) => new Address4(prefix));
  return addresses.filter((address) => !networks.some((network) => new Address4(address).isInSubnet(network))).length;
}
