import { embeddedJson } from "../../terraform/plan/embedded";
import { isList, isObject, type Sides, type Value, type ValueObject } from "../../terraform/plan/value";
import type { Line, ReportedAttribute } from "../report/report";
import { diffSides, diffText } from "./diff";
import { parseYaml } from "./parse-yaml";

/** How people read an attribute, where that is not as its value. */
interface Reading {
  readonly reading: ReportedAttribute["reading"];
  readonly types: RegExp;
  readonly attributes: RegExp;
  /** Returns what the attribute holds in this reading; undefined if it holds something else after all. */
  readonly content: (value: Value) => Value | undefined;
}

const readings: readonly Reading[] = [
  { reading: "yaml", types: /^helm_release$/, attributes: /^values$/, content: parsedDocuments },
  { reading: "yaml", types: /^kubectl_manifest$/, attributes: /^yaml_body(?:_parsed)?$/, content: parsedDocument },
  {
    reading: "file",
    types: /^(?:github_repository|gitlab_repository|local)_file$/,
    attributes: /^content$/,
    content: plainText,
  },
  { reading: "policy", types: /^aws_/, attributes: /policy/, content: policyStatements },
  { reading: "decoded", types: /^aws_/, attributes: /^user_data(?:_base64)?$/, content: decodedText },
];

/** Returns an attribute in its reading; undefined if its value is what people read. */
export function attributeInReading(
  type: string,
  attribute: string,
  resource: ValueObject,
  { before, after }: Sides,
): ReportedAttribute | undefined {
  const found = readings.find(({ types, attributes }) => types.test(type) && attributes.test(attribute));
  const [was, is] = [before, after].map((value) => (value === null ? null : found?.content(value)));
  if (found === undefined || was === undefined || is === undefined) {
    return undefined;
  }
  const file = resource["file"] ?? resource["filename"];
  const title = found.reading === "file" && typeof file === "string" ? file : attribute;
  return { path: attribute, title, reading: found.reading, lines: diffContent(was, is) };
}

function diffContent(before: Value, after: Value): Line[] {
  const [was, is] = [before ?? "", after ?? ""];
  return typeof was === "string" && typeof is === "string" ? diffText(was, is) : diffSides(before, after);
}

/** Parses Helm's values; several documents, which Helm reads one over the other, are a list. */
function parsedDocuments(value: Value): Value | undefined {
  const documents = isList(value) ? value.map(parsedDocument) : [];
  const known = documents.filter((document) => document !== undefined);
  if (!isList(value) || known.length < documents.length) {
    return undefined;
  }
  return known.length === 1 ? known[0] : known;
}

function parsedDocument(value: Value): Value | undefined {
  return typeof value === "string" ? parseYaml(value) : undefined;
}

function plainText(value: Value): Value | undefined {
  return typeof value === "string" ? value : undefined;
}

/** Parses a policy, and writes in one way what IAM takes as the same: lists of one, and orders. */
function policyStatements(value: Value): Value | undefined {
  const policy = embeddedJson(value);
  if (policy === undefined || !isObject(policy) || policy["Statement"] === undefined) {
    return undefined;
  }
  const { Statement: written, ...rest } = policy;
  const statements = (isList(written) ? written : [written]).map(inOneForm);
  return { ...rest, Statement: statements.sort(byText) };
}

/** Writes in one way what IAM takes as the same: a list of one item is that item, and lists are sorted. */
export function inOneForm(value: Value): Value {
  if (isList(value)) {
    const items = value.map(inOneForm).sort(byText);
    return items.length === 1 ? (items[0] ?? null) : items;
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inOneForm(member)]))
    : value;
}

function byText(one: Value, other: Value): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return Number(left > right) - Number(left < right);
}

/** Decodes user data, which may be Base64 or plain; undefined for the Base64 of what is no text. */
function decodedText(value: Value): Value | undefined {
  if (typeof value !== "string" || !/^[\w+/\s]+=*\s*$/.test(value)) {
    return plainText(value);
  }
  const bytes = Buffer.from(value, "base64");
  const content = bytes.toString("utf8");
  return content.includes("\ufffd") || content.includes("\0") ? undefined : content;
}
