import { Sensitive, Unknown, type Value } from "../../terraform/plan/value";
import { shapeOf } from "./shape";

// Writes values as YAML in which every line stands by itself; what is unknown or hidden has words that no string is written as.

const unknownText = "known after apply";
const sensitiveText = "sensitive value";
const plain = /^[\w/$(][\w/$().@%+=,;!?&~*<>|'"^{}[\]: #-]*$/;
// YAML 1.2 would read this as something else than a string, or as the end of one; people would, as a value that is not shown.
const ambiguous = new RegExp(
  String.raw`^(?:true|false|null|${unknownText}|${sensitiveText})$|^[-+]?[\d.]+(?:e[-+]?\d+)?$|^0[xo]|: |:$| #|\s$`,
  "i",
);

/** Returns a value on one line; lists, objects and other text as JSON. */
export function yamlScalar(value: Value): string {
  if (value instanceof Unknown) {
    return unknownText;
  }
  if (value instanceof Sensitive) {
    return sensitiveText;
  }
  return typeof value === "string" && plain.test(value) && !ambiguous.test(value) ? value : JSON.stringify(value);
}

/**
 * Returns the lines of a value.
 * @param lead - what stands before it: nothing, a dash (`- `) or a key (`key: `)
 */
export function yamlLines(value: Value, lead = ""): string[] {
  const shape = shapeOf(value);
  switch (shape.kind) {
    case "list":
      return underLead(
        lead,
        shape.items.flatMap((item) => yamlLines(item, "- ")),
      );
    case "object":
      return underLead(
        lead,
        Object.entries(shape.members).flatMap(([key, member]) => yamlLines(member, keyLead(key))),
      );
    case "block":
      return [lead + shape.header, ...shape.lines.map(indented)];
    case "document":
      return [`${lead}!json`, ...yamlLines(shape.document).map(indented)];
    case "scalar":
      return [lead + yamlScalar(value)];
  }
}

/** Returns the key of a member, as a lead of its value. */
export function keyLead(key: string): string {
  return `${yamlScalar(key)}: `;
}

/** Indents a line by a level. */
export function indented(line: string): string {
  return line === "" ? line : `  ${line}`;
}

function underLead(lead: string, lines: readonly string[]): string[] {
  if (lead === "- ") {
    return lines.map((line, index) => (index === 0 ? lead + line : indented(line)));
  }
  return lead === "" ? [...lines] : [lead.trimEnd(), ...lines.map(indented)];
}
