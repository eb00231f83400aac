import * as z from "zod";

/** What is read of a CiliumNode in ENI mode; Cilium 1.20 keeps there how many addresses are in use, and not which. */
const ciliumNode = z.object({
  metadata: z.object({ name: z.string() }),
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
          enis: z
            .record(
              z.string(),
              z.object({ addresses: z.array(z.string()).optional(), prefixes: z.array(z.string()).optional() }),
            )
            .optional(),
        })
        .optional(),
      ipam: z.object({ "operator-status": z.object({ error: z.string().optional() }).optional() }).optional(),
    })
    .optional(),
});

/** A node, as Cilium's agent and operator see it. */
export interface CiliumNode {
  readonly name: string;
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
  const single = enis.reduce((sum, eni) => sum + (eni.addresses ?? []).length, 0);
  const needed = (spec.ipam?.pools?.requested ?? []).reduce((sum, pool) => sum + (pool.needed["ipv4-addrs"] ?? 0), 0);
  return {
    name: metadata.name,
    prefixes,
    addresses: prefixes * inPrefix + single,
    used: Math.max(needed - (spec.ipam?.["pre-allocate"] || usualReserve), 0),
    error: status?.ipam?.["operator-status"]?.error ?? "",
  };
}
