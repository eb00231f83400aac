/** Values of variables, as Flux fills them in after it has built a path. */
export interface Variables {
  readonly values: Readonly<Record<string, string>>;
  /** Sources whose values are not known here: `Secret flux-system/tokens`. A variable that has no other value may be theirs. */
  readonly unknownSources: readonly string[];
}

export interface Substituted {
  readonly text: string;
  /** Variables whose value is not known, with which nothing can be said of the text; each once. */
  readonly unknown: readonly string[];
}

/** A variable's name, and what is to be done with its value: `name`, `name:=default`, `name:-default`. */
const expression = /^([A-Za-z_]\w*)(?:(:?[=-])(.*))?$/s;

/** Returns text with its variables filled in, as Flux does: `$${name}` is a text, and a variable that nobody has set is empty. */
export function substituted(text: string, { values, unknownSources }: Variables): Substituted {
  const unknown = new Set<string>();
  const filled = text.replaceAll(/(\$?)\$\{([^}]*)\}/g, (whole, escaping: string, inside: string) => {
    if (escaping !== "") {
      return whole.slice(1);
    }
    const [, name, , fallback] = expression.exec(inside) ?? [];
    const value = name === undefined ? undefined : values[name];
    if (value !== undefined) {
      return value;
    }
    // Flux knows more operators than those above; what they make of a value is not said here.
    if (name === undefined || unknownSources.length > 0) {
      unknown.add(name ?? inside);
      return whole;
    }
    return fallback ?? "";
  });
  return { text: filled, unknown: [...unknown] };
}
