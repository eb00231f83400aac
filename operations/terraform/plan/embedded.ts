import type { Value } from "./value";

/** What reads values recurses. */
const deepest = 200;

/** The list or object that a text is the JSON of. */
export function embedded(value: unknown): Value | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
    return undefined;
  }
  try {
    const content = JSON.parse(value) as Value;
    // Each level takes two characters.
    return value.length > 2 * deepest && isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}

/**
 * Whether a YAML text may be nested deeper than its parser can follow: V8 ends the process if that compiles a regular expression
 * where the stack is all but full.
 */
export function isTooDeepYaml(text: string): boolean {
  let depth = 0;
  const flows = [...text.matchAll(/[[\]{}]/g)].some(([bracket]) => {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    return depth > deepest;
  });
  return flows || /^(?:[?-] | ){200}/m.test(text);
}

/** Whether a value is nested deeper than what reads it can follow. */
export function isTooDeep(value: unknown, left = deepest): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1)))
  );
}
