import { parse } from "yaml";
import { embedded, isTooDeep, isTooDeepYaml } from "../../terraform/plan/embedded";
import { isList, isObject, Sensitive, Unknown, type Value } from "../../terraform/plan/value";

// Values as YAML, written so that every line stands by itself: what is unknown or hidden has words that no string is written as.

const unknown = "known after apply";
const sensitive = "sensitive value";
const plain = /^[\w/$(][\w/$().@%+=,;!?&~*<>|'"^{}[\]: #-]*$/;
// What YAML 1.2 would read as something else than a string, or as the end of one.
const ambiguous =
  /^(?:true|false|null|known after apply|sensitive value)$|^[-+]?[\d.]+(?:e[-+]?\d+)?$|^0[xo]|: |:$| #|\s$/i;

/** A value that is no list, no object and no longer text, on one line. */
export function scalar(value: Value): string {
  if (value instanceof Unknown) {
    return unknown;
  }
  if (value instanceof Sensitive) {
    return sensitive;
  }
  return typeof value === "string" && plain.test(value) && !ambiguous.test(value) ? value : JSON.stringify(value);
}

/** The lines of a value after what leads to it: nothing, a dash (`- `) or a key (`key: `). */
export function yaml(value: Value, lead = ""): string[] {
  if (isList(value) && value.length > 0) {
    return below(
      lead,
      value.flatMap((item) => yaml(item, "- ")),
    );
  }
  if (isObject(value) && Object.keys(value).length > 0) {
    return below(
      lead,
      Object.entries(value).flatMap(([key, member]) => yaml(member, keyLead(key))),
    );
  }
  const header = blockHeader(value);
  if (header !== undefined) {
    return [lead + header, ...blockLines(String(value)).map(indented)];
  }
  const document = embedded(value);
  return document === undefined ? [lead + scalar(value)] : [`${lead}!json`, ...yaml(document).map(indented)];
}

/** What leads to the member of an object. */
export function keyLead(key: string): string {
  return `${scalar(key)}: `;
}

/** A line below a key. */
export function indented(line: string): string {
  return line === "" ? line : `  ${line}`;
}

function below(lead: string, lines: readonly string[]): string[] {
  if (lead === "- ") {
    return lines.map((line, index) => (index === 0 ? lead + line : indented(line)));
  }
  return lead === "" ? [...lines] : [lead.trimEnd(), ...lines.map(indented)];
}

/** How a text of several lines begins as a block; undefined if it is none, or could not be read back from one. */
export function blockHeader(value: Value): "|" | "|-" | undefined {
  if (typeof value !== "string" || !value.includes("\n") || !/^\S/.test(value) || /^[ \t]+$|\n\n$/m.test(value)) {
    return undefined;
  }
  // Other line ends, and what is not printable, YAML has words for between quotes alone.
  return /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value) ? undefined : value.endsWith("\n") ? "|" : "|-";
}

/** The lines of a text that `blockHeader` has a header for. */
export function blockLines(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** What a text is the JSON or YAML of; undefined if it is of neither. */
export function parsed(text: string): Value | undefined {
  try {
    // Most is JSON, which takes a fraction of the time. Silent, the parser would make what it can of what is no YAML.
    const content = embedded(text) ?? (isTooDeepYaml(text) ? undefined : (parse(text, { logLevel: "error" }) as Value));
    // An alias may name what it stands in.
    return isTooDeep(content) ? undefined : content;
  } catch {
    return undefined;
  }
}
