import type { Value } from "./value";

/** How many levels of lists and objects are read: functions that read values recurse, and the stack ends somewhere. */
export const deepestNesting = 200;

/** Returns the list or object that a string holds as JSON; undefined for other strings and other values. */
export function embeddedJson(value: unknown): Value | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) {
    return undefined;
  }
  try {
    const content = parseExactJson(value) as Value;
    // Each level takes two characters, so that a short text cannot be too deep.
    return value.length > 2 * deepestNesting && isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}

const longNumber = /[[:,\s]-?\d[\d.]{15}/;
const stringOrLongNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?:[eE][-+]?\d+)?/g;

/** Parses JSON, where a number that JavaScript's numbers do not keep as it is written becomes a string: it may differ from another in its last digits. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(longNumber.test(text) ? text.replace(stringOrLongNumber, exactToken) : text);
}

function exactToken(token: string): string {
  return token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`;
}

/** Returns whether a value has more levels than `deepestNesting`. */
export function isTooDeep(value: unknown, left = deepestNesting): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    (left === 0 || Object.values(value).some((inner) => isTooDeep(inner, left - 1)))
  );
}
