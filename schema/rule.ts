import * as z from "zod";

/** A string that `holds` accepts. `rule` says what is allowed and what to write instead. */
export function text(rule: string, holds: (value: string) => boolean) {
  return z.string(rule).refine(holds, rule);
}

/** The same for a string that a regular expression describes. */
export function pattern(rule: string, expression: RegExp) {
  return text(rule, (value) => expression.test(value));
}

/** One of `values`, and nothing else. Not Zod's enum, whose type takes the compiler longer than all else here. */
export function oneOf<const T extends string>(values: readonly T[]) {
  const rule = `must be one of ${values.map((value) => `'${value}'`).join(", ")}`;
  return z.custom<T>((value) => values.some((known) => known === value), rule);
}

/**
 * A list in which nothing stands twice; each repetition is a mistake of its own. Bounds of its length are refinements: Zod's `min`
 * and `max` count the characters of a string, too, that somebody wrote instead of a list.
 */
export function uniqueList<T extends z.core.SomeType>(item: T, rule: string) {
  return z.array(item, rule).superRefine((values, context) => {
    for (const index of repetitions(values)) {
      context.addIssue({ code: "custom", path: [index], message: "stands in the list twice; leave one out" });
    }
  });
}

/** Places of what stands further up in the list, too. */
export function repetitions(values: readonly unknown[]): number[] {
  return [...values.keys()].filter((index) => values.indexOf(values[index]) < index);
}

/** An object without other members than those of `shape`: an unknown key is mostly a known one misspelt. */
export function members<Shape extends z.core.$ZodLooseShape>(shape: Shape, rule: string) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? `is no setting; take one of ${known}` : rule),
  });
}
