/** What a cluster is divided into, in the order in which it is applied: each stack reads what those before it publish. */
export const stackParts = ["network", "cluster", "bootstrap"] as const;

/** The part of a cluster that a stack is. */
export type StackPart = (typeof stackParts)[number];

/** Returns the name of a stack: `demo-k8s-cilium-network`. */
export function stackName(clusterName: string, part: StackPart): string {
  return `${clusterName}-${part}`;
}

/** Returns the parts that are applied before one, in their order. */
export function partsBefore(part: StackPart): readonly StackPart[] {
  return stackParts.slice(0, stackParts.indexOf(part));
}
