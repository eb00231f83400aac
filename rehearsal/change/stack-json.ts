import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { ClusterSettings } from "../../schema/settings";

/** What is read of a stack's JSON: blocks by type and name. */
export interface StackJson {
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  /** Where a stack has none, there is no such member. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>> | undefined>> | undefined;
  readonly module: Readonly<Record<string, Block>> | undefined;
}

export type Block = Readonly<Record<string, unknown>>;

/** Returns where a cluster lives: the network that its stack makes, or the one that it looks at. */
export function networkIn(
  stack: StackJson | undefined,
): Pick<ClusterSettings, "zones" | "cidrBlock" | "podCidr" | "network"> {
  const existing = stack?.module?.["network"];
  if (existing === undefined) {
    const zones = blocks(stack, "aws_subnet").map(({ availability_zone: zone }) => text(zone));
    const podCidr = text(blocks(stack, "aws_vpc_ipv4_cidr_block_association")[0]?.["cidr_block"]);
    return {
      zones: [...new Set(zones)].sort(),
      cidrBlock: text(blocks(stack, "aws_vpc")[0]?.["cidr_block"]),
      ...(podCidr && { podCidr }),
    };
  }
  const ids = (member: string) => existing[member] as string[];
  const publicSubnets = ids("public_subnet_ids");
  // Stacks from before the setting do not have it.
  const podSubnets = (existing["pod_subnet_ids"] as string[] | undefined) ?? [];
  return {
    network: {
      vpcId: text(existing["vpc_id"]),
      privateSubnets: ids("private_subnet_ids"),
      controlPlaneSubnets: ids("control_plane_subnet_ids"),
      ...(publicSubnets.length > 0 && { publicSubnets }),
      ...(podSubnets.length > 0 && { podSubnets }),
    },
  };
}

/** Reads the JSON of the stack in a folder. */
export function stackJson(folder: string): StackJson {
  return JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
}

/** Returns the resources of a type. */
export function blocks(stack: StackJson | undefined, type: string): readonly Block[] {
  return Object.values(stack?.resource?.[type] ?? {});
}

/** Returns a text that is written in a stack; nothing for an expression, which Terraform alone can evaluate. */
export function text(value: unknown): string {
  return typeof value === "string" && !value.includes("${") ? value : "";
}
