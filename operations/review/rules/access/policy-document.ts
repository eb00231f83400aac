/** The actions, resources or principals of a statement, or the values of one of its conditions. */
export interface Part {
  /** `Action`, or a condition's operator and key. */
  readonly id: string;
  /** What stands before the names in a sentence. */
  readonly text: string;
  /** As they are written, by the form in which they are compared. */
  readonly names: ReadonlyMap<string, string>;
}

export interface Statement {
  /** Statements of one id say the same. */
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  /** The NotAction or the like that keeps it from being judged. */
  readonly negated: string | undefined;
  readonly scopes: readonly Part[];
  readonly conditions: readonly Part[];
}

/** Statements by their ids. */
export type Policy = ReadonlyMap<string, Statement>;

const prepositions = { Action: "", Resource: " on ", Principal: " for " };
const words = new Map([
  ["arnlike", "is like"],
  ["bool", "is"],
  ["ipaddress", "is in"],
  ["notipaddress", "is not in"],
  ["stringequals", "is"],
  ["stringlike", "is like"],
  ["stringnotequals", "is not"],
  ["stringnotlike", "is not like"],
]);

/** The statements of all these JSON texts; undefined if one of them is no policy document. */
export function policyOf(documents: readonly string[]): Policy | undefined {
  try {
    return new Map(documents.flatMap(statements).map((statement) => [statement.id, statement]));
  } catch {
    return undefined;
  }
}

/** The JSON text of a policy document: what is no IAM policy, but allows or denies too, is compared as one. */
export function documentOf(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function statements(text: string): readonly Statement[] {
  const elements = /^(Version|Id|Statement)$/;
  const document = members(JSON.parse(text), elements);
  if (document.get("Version") === "2012-10-17" || !text.includes("${")) {
    return listed(document.get("Statement")).map(statement);
  }
  // Under the older language a variable is plain text, which the newer one writes with ${$}.
  const current = text.replaceAll("${", "${$}{");
  return listed(members(JSON.parse(current), elements).get("Statement")).map(statement);
}

function statement(value: unknown): Statement {
  const given = members(value, /^(Sid|Effect|Condition|(Not)?(Action|Resource|Principal))$/);
  const effect = given.get("Effect");
  if ((effect !== "Allow" && effect !== "Deny") || given.has("Action") === given.has("NotAction")) {
    throw new TypeError("no statement");
  }
  const conditions = [...members(given.get("Condition") ?? {})].flatMap(([operator, keys]) =>
    [...members(keys)].map(([key, values]) => condition(operator, key, values)),
  );
  const scopes = Object.entries(prepositions).map(([element, text]) => scope(element, text, given.get(element)));
  const nots = [...given]
    .filter(([element]) => element.startsWith("Not"))
    .map(([element, names]) => scope(element, "", names));
  const compared = [...scopes, ...nots, ...conditions].map(({ id, names }) => JSON.stringify([id, ...names.keys()]));
  return { id: `${effect} ${compared.sort()}`, effect, negated: nots[0]?.id, scopes, conditions };
}

/** An element that is not given is one empty name: a wildcard covers it, and it covers no other. */
function scope(id: string, text: string, value: unknown = ""): Part {
  if (id.endsWith("Action")) {
    return { id, text, names: named(value, (name) => name.toLowerCase()) };
  }
  if (id.endsWith("Resource") || typeof value === "string") {
    return { id, text, names: named(value) };
  }
  const typed = [...members(value)].flatMap(([type, of]) => [...named(of).keys()].map((name) => `${type}:${name}`));
  return { id, text, names: named(typed, (name) => name.replace(/^AWS:arn:aws:iam::(\d{12}):root$/, "AWS:$1")) };
}

function condition(written: string, key: string, value: unknown): Part {
  const operator = written.toLowerCase().replace(/arn(not)?equals/, "arn$1like");
  const names = named(value, (name) => (/bool|null|ignorecase/.test(operator) ? name.toLowerCase() : name));
  return { id: `${operator} ${key.toLowerCase()}`, text: `${key} ${words.get(operator) ?? written} `, names };
}

function named(value: unknown, compared = (name: string) => name): ReadonlyMap<string, string> {
  const names = listed(value).map((name): [string, string] => {
    if (typeof name === "object" || name === undefined) {
      throw new TypeError("no name");
    }
    return [compared(`${name}`), `${name}`];
  });
  return new Map(names.sort(([one], [other]) => Number(one > other) - Number(one < other)));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function members(value: unknown, known = /^/): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("no object");
  }
  if (!Object.keys(value).every((key) => known.test(key))) {
    throw new TypeError("no element of a policy");
  }
  return new Map(Object.entries(value));
}
