/** Returns the rules by the types of resources that they are about. */
export function byType<One extends { readonly types: readonly string[] }>(rules: readonly One[]) {
  const types = new Set(rules.flatMap((rule) => rule.types));
  return new Map([...types].map((type) => [type, rules.filter((rule) => rule.types.includes(type))]));
}
