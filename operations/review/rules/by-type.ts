interface RuleByType {
  readonly types: readonly string[];
  /** @default - none */
  readonly except?: RegExp;
}

/** Returns a function that returns the rules about a type of resources, and those about any type, which have `*` for it. */
export function byType<One extends RuleByType>(rules: readonly One[]) {
  const isAbout = ({ types, except = /(?!)/ }: One, type: string) =>
    types.includes(type) || (types.includes("*") && !except.test(type));
  const found = new Map<string, readonly One[]>();
  return (type: string): readonly One[] => {
    const known = found.get(type) ?? rules.filter((rule) => isAbout(rule, type));
    found.set(type, known);
    return known;
  };
}
