import * as z from "zod";

import { nearest } from "../platform/nearest";

/** Returns a schema of strings that `holds` accepts. `rule` says what is allowed and what to write instead. */
export function textThat(rule: string, holds: (value: string) => boolean) {
  return z.string(rule).refine(holds, rule);
}

/** Returns a schema of strings that `expression` matches. `rule` is as for `textThat`. */
export function pattern(rule: string, expression: RegExp) {
  return textThat(rule, (value) => expression.test(value));
}

/** Completes a rule by what `value` probably is meant to be: one of `candidates`, if it is like one. */
export function withSuggestion(rule: string, value: unknown, candidates: readonly string[]): string {
  const meant = typeof value === "string" ? nearest(value, candidates) : undefined;
  return meant === undefined ? rule : `${rule}; did you mean '${meant}'?`;
}

/** Returns a schema of `values` and nothing else. It is not Zod's enum, whose type takes the compiler longer than all else here. */
export function oneOf<const T extends string>(values: readonly T[]) {
  const rule = `must be one of ${values.map((value) => `'${value}'`).join(", ")}`;
  return z.custom<T>((value) => values.some((known) => known === value), {
    error: ({ input }) => withSuggestion(rule, input, values),
    // Else it would hide what a list that holds it has against others.
    abort: false,
  });
}

/**
 * Returns a schema of lists in which nothing stands twice; each repetition is a mistake of its own. Bounds of the length are
 * refinements: Zod's `min` and `max` count the characters of a string, too, that somebody wrote instead of a list.
 */
export function uniqueList<T extends z.core.SomeType>(item: T, rule: string) {
  return z.array(item, rule).superRefine(
    (values, context) => {
      // Of what is no text, something else is wrong.
      for (const index of repetitions(values).filter((one) => typeof values[one] === "string")) {
        context.addIssue({ code: "custom", path: [index], message: "stands in the list twice; leave one out" });
      }
    },
    // Else an item that is wrong would hide a repetition of others.
    { when: ({ value }) => Array.isArray(value) },
  );
}

/** Returns whether a value has members: for rules that look at some of a group's while others are wrong. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return z.core.util.isObject(value) && !Array.isArray(value);
}

/** Returns the places of what stands further up in the list, too. */
export function repetitions(values: readonly unknown[]): number[] {
  const seen = new Set<unknown>();
  return [...values.keys()].filter((index) => seen.size === seen.add(values[index]).size);
}

/** Returns a schema of objects without other members than those of `shape`. Its message about unknown keys has a line for each. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape, rule: string) {
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
