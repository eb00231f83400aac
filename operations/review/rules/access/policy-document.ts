/** The actions, resources or principals of a statement, or the values of one of its conditions. */
export interface StatementPart {
  /** `Action`, `Resource`, `Principal` (or `NotAction` and so on), or a condition's operator and key: `stringlike aws:sourcevpc`. */
  readonly id: string;
  /** The words that stand before the names in a sentence: ` on `, `aws:SourceVpc is `. */
  readonly phrase: string;
  /** Names as they are written, by the form in which they are compared: `S3:GetObject` by `s3:getobject`. */
  readonly names: ReadonlyMap<string, string>;
}

/** A statement covers every combination of a name from each of its scopes, under all of its conditions. */
export interface PolicyStatement {
  /** Statements that say the same have the same id. */
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  /** The first `NotAction` or the like, which keeps the statement from being compared; undefined if there is none. */
  readonly negated: string | undefined;
  /** Actions, resources and principals. */
  readonly scopes: readonly StatementPart[];
  readonly conditions: readonly StatementPart[];
}

/** Statements by their ids. */
export type Policy = ReadonlyMap<string, PolicyStatement>;

const prepositions = { Action: "", Resource: " on ", Principal: " for " };
const operatorPhrases = new Map([
  ["arnlike", "is like"],
  ["bool", "is"],
  ["ipaddress", "is in"],
  ["notipaddress", "is not in"],
  ["stringequals", "is"],
  ["stringlike", "is like"],
  ["stringnotequals", "is not"],
  ["stringnotlike", "is not like"],
]);

/** Parses JSON texts that hold together; undefined if one of them is no policy document. */
export function parsePolicies(documents: readonly string[]): Policy | undefined {
  try {
    return new Map(documents.flatMap(parseDocument).map((statement) => [statement.id, statement]));
  } catch {
    return undefined;
  }
}

/** Writes statements as a policy document: what allows or denies without being an IAM policy is compared as one. */
export function policyJson(...statements: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function parseDocument(text: string): readonly PolicyStatement[] {
  const known = /^(Version|Id|Statement)$/;
  const document = elementsOf(JSON.parse(text), known);
  if (document.get("Version") === "2012-10-17" || !text.includes("${")) {
    return listed(document.get("Statement")).map(parseStatement);
  }
  // Under the older language a variable is plain text, which the newer one writes with ${$}.
  const current = text.replaceAll("${", "${$}{");
  return listed(elementsOf(JSON.parse(current), known).get("Statement")).map(parseStatement);
}

function parseStatement(value: unknown): PolicyStatement {
  const given = elementsOf(value, /^(Sid|Effect|Condition|(Not)?(Action|Resource|Principal))$/);
  const effect = given.get("Effect");
  if ((effect !== "Allow" && effect !== "Deny") || given.has("Action") === given.has("NotAction")) {
    throw new TypeError("no statement");
  }
  const conditions = [...elementsOf(given.get("Condition") ?? {})].flatMap(([operator, keys]) =>
    [...elementsOf(keys)].map(([key, values]) => parseCondition(operator, key, values)),
  );
  const scopes = Object.entries(prepositions).map(([element, phrase]) =>
    parseScope(element, phrase, given.get(element)),
  );
  const nots = [...given]
    .filter(([element]) => element.startsWith("Not"))
    .map(([element, names]) => parseScope(element, "", names));
  const compared = [...scopes, ...nots, ...conditions].map(({ id, names }) => JSON.stringify([id, ...names.keys()]));
  return { id: `${effect} ${compared.sort()}`, effect, negated: nots[0]?.id, scopes, conditions };
}

/** An element that the statement lacks becomes one empty name: a wildcard covers it, and it covers no other. */
function parseScope(id: string, phrase: string, value: unknown = ""): StatementPart {
  if (id.endsWith("Action")) {
    return { id, phrase, names: namesFrom(value, (name) => name.toLowerCase()) };
  }
  if (id.endsWith("Resource") || typeof value === "string") {
    return { id, phrase, names: namesFrom(value) };
  }
  const typed = [...elementsOf(value)].flatMap(([type, of]) =>
    [...namesFrom(of).keys()].map((name) => `${type}:${name}`),
  );
  return {
    id,
    phrase,
    names: namesFrom(typed, (name) => name.replace(/^AWS:arn:aws[a-z-]*:iam::(\d{12}):root$/, "AWS:$1")),
  };
}

function parseCondition(written: string, key: string, value: unknown): StatementPart {
  const like = written.toLowerCase().replace(/arn(not)?equals/, "arn$1like");
  const names = namesFrom(value, (name) => (/bool|null|ignorecase/.test(like) ? name.toLowerCase() : name));
  const isPattern = [...names.keys()].some((name) => /[*?]/.test(name));
  const operator = isPattern ? like : like.replace(/string(not)?like/, "string$1equals");
  return {
    id: `${operator} ${key.toLowerCase()}`,
    phrase: `${key} ${operatorPhrases.get(like) ?? written} `,
    names,
  };
}

function namesFrom(value: unknown, compared = (name: string) => name): ReadonlyMap<string, string> {
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

/** @throws TypeError if the value is no object, or has a member that is not known */
function elementsOf(value: unknown, known = /^/): ReadonlyMap<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError("no object");
  }
  if (!Object.keys(value).every((key) => known.test(key))) {
    throw new TypeError("no element of a policy");
  }
  return new Map(Object.entries(value));
}
