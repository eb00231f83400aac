import * as z from "zod";

import { nearest } from "../platform/nearest";

/** Accepts a string for which `holds` is true. `rule` says what is allowed and what to write instead. */
export function text(rule: string, holds: (value: string) => boolean) {
  return z.string(rule).refine(holds, rule);
}

/** Accepts a string that a regular expression matches. */
export function pattern(rule: string, expression: RegExp) {
  return text(rule, (value) => expression.test(value));
}

/** Returns the rule, followed by the candidate that `value` seems to misspell, if there is one. */
export function withSuggestion(rule: string, value: unknown, candidates: readonly string[]): string {
  const meant = typeof value === "string" ? nearest(value, candidates) : undefined;
  return meant === undefined ? rule : `${rule}; did you mean '${meant}'?`;
}

/** Accepts one of `values`. It is not Zod's enum, whose type takes the compiler longer than all else here. */
export function oneOf<const T extends string>(values: readonly T[]) {
  const rule = `must be one of ${values.map((value) => `'${value}'`).join(", ")}`;
  return z.custom<T>((value) => values.some((known) => known === value), {
    error: ({ input }) => withSuggestion(rule, input, values),
  });
}

/**
 * Accepts a list in which nothing stands twice; each repetition is a mistake of its own. Bound its length by refinements: Zod's `min`
 * and `max` also count the characters of a string that somebody wrote instead of a list.
 */
export function uniqueList<T extends z.core.SomeType>(item: T, rule: string) {
  return z.array(item, rule).superRefine((values, context) => {
    for (const index of repetitions(values)) {
      context.addIssue({ code: "custom", path: [index], message: "stands in the list twice; leave one out" });
    }
  });
}

/** Returns the indexes of values that stand further up in the list, too. */
export function repetitions(values: readonly unknown[]): number[] {
  return [...values.keys()].filter((index) => values.indexOf(values[index]) < index);
}

/**
 * Accepts an object without other members than those of `shape`. The message about unknown keys has a line for each of
 * them.
 */
export function members<Shape extends z.core.$ZodLooseShape>(shape: Shape, rule: string) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? unknownKeys(issue.keys, known).join("\n") : rule),
  });
}

/** Returns a message for each key. The first that is like no known key lists them all, and the others refer to it. */
function unknownKeys(keys: readonly string[], known: readonly string[]): string[] {
  const strange = keys.filter((key) => nearest(key, known) === undefined);
  return keys.map((key) => {
    if (!strange.includes(key)) {
      return withSuggestion("unknown setting", key, known);
    }
    return `unknown setting; ${key === strange[0] ? `take one of ${known.join(", ")}` : "the known ones are listed above"}`;
  });
}
