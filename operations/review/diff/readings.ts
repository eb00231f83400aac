import { embedded } from "../../terraform/plan/embedded";
import { isList, isObject, type Value, type ValueObject } from "../../terraform/plan/value";
import type { Line, Part } from "../report/report";
import { diffSides, diffText } from "./diff";
import { parsed } from "./yaml";

/** How an attribute is read by people, where that is not as its value. */
interface Reading {
  readonly reading: Part["reading"];
  readonly types: RegExp;
  readonly attributes: RegExp;
  /** What the attribute holds; undefined if it holds something else after all. */
  readonly content: (value: Value) => Value | undefined;
}

const readings: readonly Reading[] = [
  { reading: "yaml", types: /^helm_release$/, attributes: /^values$/, content: documents },
  { reading: "yaml", types: /^kubectl_manifest$/, attributes: /^yaml_body(?:_parsed)?$/, content: document },
  {
    reading: "file",
    types: /^(?:github_repository|gitlab_repository|local)_file$/,
    attributes: /^content$/,
    content: text,
  },
  { reading: "policy", types: /^aws_/, attributes: /policy/, content: statements },
  { reading: "decoded", types: /^aws_/, attributes: /^user_data(?:_base64)?$/, content: decoded },
];

/** An attribute, before and after (null where it is not there), as it is read; undefined if its value is what is read. */
export function readPart(
  type: string,
  attribute: string,
  resource: ValueObject,
  before: Value,
  after: Value,
): Part | undefined {
  const found = readings.find(({ types, attributes }) => types.test(type) && attributes.test(attribute));
  const sides = [before, after].map((value) => (value === null ? null : found?.content(value)));
  const [was, is] = sides;
  if (found === undefined || was === undefined || is === undefined) {
    return undefined;
  }
  const file = resource["file"] ?? resource["filename"];
  const title = found.reading === "file" && typeof file === "string" ? file : attribute;
  return { path: attribute, title, reading: found.reading, lines: lines(was, is) };
}

function lines(before: Value, after: Value): Line[] {
  const texts = [before ?? "", after ?? ""];
  if (texts.every((side) => typeof side === "string")) {
    return diffText(String(texts[0]), String(texts[1]));
  }
  return diffSides(before, after);
}

/** Helm reads several documents one over the other; one alone stands for itself. */
function documents(value: Value): Value | undefined {
  const read = isList(value) ? value.map(document) : [undefined];
  return read.some((one) => one === undefined) ? undefined : read.length === 1 ? read[0] : (read as Value[]);
}

function document(value: Value): Value | undefined {
  return typeof value === "string" ? parsed(value) : undefined;
}

function text(value: Value): Value | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A policy with what IAM takes as the same written the same: lists of one, and orders. */
function statements(value: Value): Value | undefined {
  const policy = embedded(value);
  if (policy === undefined || !isObject(policy) || policy["Statement"] === undefined) {
    return undefined;
  }
  const { Statement: given, ...rest } = policy;
  const all = (isList(given) ? given : [given]).map(ordered);
  return { ...rest, Statement: all.sort(byText) };
}

/** A value in which lists of one, and orders, are written one way. */
export function ordered(value: Value): Value {
  if (isList(value)) {
    const items = value.map(ordered).sort(byText);
    return items.length === 1 ? (items[0] ?? null) : items;
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ordered(member)]))
    : value;
}

function byText(one: Value, other: Value): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return Number(left > right) - Number(left < right);
}

/** User data may be Base64 or plain; what is neither text nor the Base64 of one stays as it is. */
function decoded(value: Value): Value | undefined {
  if (typeof value !== "string" || !/^[\w+/\s]+=*\s*$/.test(value)) {
    return text(value);
  }
  const bytes = Buffer.from(value, "base64");
  const content = bytes.toString("utf8");
  return content.includes("\ufffd") || content.includes("\0") ? undefined : content;
}
