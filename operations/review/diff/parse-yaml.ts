import { parse } from "yaml";
import { deepestNesting, embeddedJson, isTooDeep } from "../../terraform/plan/embedded";
import type { Value } from "../../terraform/plan/value";

/** Returns what a text holds as YAML, or as JSON, which is YAML too; undefined if it is neither, or nested too deep. */
export function parseYaml(text: string): Value | undefined {
  try {
    // Most is JSON, which takes a fraction of the time. With another log level, the parser would make what it can of what is no YAML.
    const content =
      embeddedJson(text) ?? (isTooDeepYaml(text) ? undefined : (parse(text, { logLevel: "error" }) as Value));
    // An alias may name the value that it stands in.
    return isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}

const deepIndent = new RegExp(`^(?:[?-] | ){${deepestNesting}}`, "m");

/**
 * Returns whether a text may be nested deeper than YAML's parser can follow: V8 ends the process if the stack is full where it compiles
 * a regular expression.
 */
function isTooDeepYaml(text: string): boolean {
  let depth = 0;
  const isDeepFlow = [...text.matchAll(/[[\]{}]/g)].some(([bracket]) => {
    depth = Math.max(0, depth + (bracket === "[" || bracket === "{" ? 1 : -1));
    return depth > deepestNesting;
  });
  return isDeepFlow || deepIndent.test(text);
}
