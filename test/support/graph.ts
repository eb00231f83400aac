import type { StackJson } from "./define";

/** Addresses that an expression of Terraform's refers to: `aws_vpc.network`, `data.aws_ssm_parameter.x`, `module.y`. */
function referencesIn(text: string): string[] {
  return [...text.matchAll(/(?<![$%])\$\{((?:[^{}"]|"[^"]*")*)\}/g)].flatMap(([, expression = ""]) => {
    const code = expression.replaceAll(/"(?:\$\{[^}]*\}|[^"])*"/g, (quoted) => referencesIn(quoted).join(" "));
    return [...code.matchAll(/(?<![\w.\]])(?:data\.\w+\.\w+|module\.\w+|[a-z]\w*\.\w+)/g)].map(([address]) => address);
  });
}

/** Every string in a value, however deep. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") {
    return [value];
  }
  return value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

/** Everything in a stack that has an address, with the addresses that it depends on, named or referred to. */
export function graphOf(stack: StackJson): Map<string, Set<string>> {
  const blocks: [string, Record<string, unknown>][] = [
    ...Object.entries(stack.resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]): [string, Record<string, unknown>] => [`${type}.${name}`, block]),
    ),
    ...Object.entries(stack.data ?? {}).flatMap(([type, named]) =>
      Object.entries(named).map(([name, block]): [string, Record<string, unknown>] => [`data.${type}.${name}`, block]),
    ),
    ...Object.entries(stack.module ?? {}).map(([name, block]): [string, Record<string, unknown>] => [
      `module.${name}`,
      block as Record<string, unknown>,
    ]),
    ...Object.entries(stack.output ?? {}).map(([name, block]): [string, Record<string, unknown>] => [
      `output.${name}`,
      { ...block },
    ]),
    ...Object.entries(stack.provider).map(([name, block]): [string, Record<string, unknown>] => [
      `provider.${name}`,
      { block },
    ]),
  ];
  return new Map(
    blocks.map(([address, { depends_on: named = [], lifecycle, ...rest }]) => {
      const triggers = (lifecycle as { replace_triggered_by?: string[] } | undefined)?.replace_triggered_by ?? [];
      return [address, new Set([...(named as string[]), ...triggers, ...textsIn(rest).flatMap(referencesIn)])];
    }),
  );
}

/** Whether `address` is made after `earlier`, by whatever way through the graph. */
export function comesAfter(graph: Map<string, Set<string>>, address: string, earlier: string): boolean {
  const seen = new Set<string>();
  const open = [address];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const dependency of graph.get(next) ?? []) {
      if (dependency === earlier) {
        return true;
      }
      if (!seen.has(dependency)) {
        seen.add(dependency);
        open.push(dependency);
      }
    }
  }
  return false;
}
