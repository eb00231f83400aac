/** What a cluster is divided into, in the order in which it is applied: each stack reads what those before it publish. */
export const stackParts = ["network", "cluster", "bootstrap"] as const;

/** The part of a cluster that a stack is. */
export type StackPart = (typeof stackParts)[number];

/** Returns the name of a stack: `demo-k8s-cilium-network`. */
export function stackName(clusterName: string, part: StackPart): string {
  return `${clusterName}-${part}`;
}

/** Returns a name as addresses in Terraform's state have it: they begin with no digit, and hold no dash here. */
export function addressName(name: string): string {
  return name.replaceAll("-", "_").replace(/^\d/, "_$&");
}

/** Returns a name that people choose freely as a part of an address: those that read alike are one. */
export function addressSlug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z\d]+/g, "-");
}

/** Returns the parts that are applied before one, in their order. */
export function partsBefore(part: StackPart): readonly StackPart[] {
  return stackParts.slice(0, stackParts.indexOf(part));
}
