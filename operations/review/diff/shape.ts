import { embeddedJson } from "../../terraform/plan/embedded";
import { isList, isObject, type Value, type ValueObject } from "../../terraform/plan/value";

/** The form in which a value is written and compared. */
export type Shape =
  | { readonly kind: "list"; readonly items: readonly Value[] }
  | { readonly kind: "object"; readonly members: ValueObject }
  /** Text of several lines that YAML can write as a block; `document` is what it holds as JSON, if it is JSON. */
  | {
      readonly kind: "block";
      readonly header: "|" | "|-";
      readonly lines: readonly string[];
      readonly document: Value | undefined;
    }
  /** Text on one line that is the JSON of a list or an object. */
  | { readonly kind: "document"; readonly document: Value }
  /** All else, empty lists and objects among it: it is written on one line. */
  | { readonly kind: "scalar"; readonly document: undefined };

export function shapeOf(value: Value): Shape {
  if (isList(value) && value.length > 0) {
    return { kind: "list", items: value };
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return { kind: "object", members: value };
  }
  const document = embeddedJson(value);
  if (typeof value === "string" && isWritableAsBlock(value)) {
    const header = value.endsWith("\n") ? "|" : "|-";
    return { kind: "block", header, lines: value.replace(/\n$/, "").split("\n"), document };
  }
  return document === undefined ? { kind: "scalar", document } : { kind: "document", document };
}

/** Returns whether a text has several lines, and could be read back from a block of YAML. */
function isWritableAsBlock(text: string): boolean {
  return (
    text.includes("\n") &&
    /^\S/.test(text) &&
    !/^[ \t]+$|\n\n$/m.test(text) &&
    // YAML escapes other line ends, and what is not printable, between quotes alone.
    !/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)
  );
}
