import * as z from "zod";

import type { Mistake } from "./agreements/mistake";

/** Settings are nowhere nested as deep; what is, goes round in circles or is refused for another reason. */
const deepest = 20;

/** Controls (of both kinds: U+0000 to U+001F, U+007F to U+009F), halves of surrogate pairs, and code points that are no characters. */
const unfit = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** Returns what no setting may be, wherever it stands: objects that are not plain, and text that files and terminals do not keep. */
export function unfitData(value: unknown, path: readonly PropertyKey[]): Mistake[] {
  if (typeof value === "string") {
    const problem = textProblem(value);
    return problem === undefined ? [] : [{ path, message: problem }];
  }
  if (typeof value !== "object" || value === null || path.length > deepest) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unfitData(item, [...path, index]));
  }
  if (!z.core.util.isPlainObject(value)) {
    return [{ path, message: `is a ${value.constructor.name}; write settings as plain objects, lists and texts` }];
  }
  return Object.entries(value).flatMap(([key, member]) => {
    const place = [...path, key];
    const problem = key === "__proto__" ? "is no name for a setting or a tag; take another" : textProblem(key);
    return problem === undefined ? unfitData(member, place) : [{ path: place, message: problem, ofKey: true }];
  });
}

function textProblem(text: string): string | undefined {
  const code = unfit.exec(text)?.[0].codePointAt(0);
  return code === undefined
    ? undefined
    : `holds U+${code.toString(16).toUpperCase().padStart(4, "0")}, which is no character that people see; leave it out`;
}
