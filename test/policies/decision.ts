import { matches } from "../../operations/review/rules/access/policy-cut";
import {
  type Policy,
  type PolicyStatement,
  parsePolicies,
  type StatementPart,
} from "../../operations/review/rules/access/policy-document";

/** What IAM is asked about one resource of a call. */
export interface Question {
  readonly action: string;
  readonly resource: string;
  /**
   * Who asks, as `AWS:<account or ARN>`, `Service:<name>` or `Federated:<ARN>`.
   * @default - whoever has the policy
   */
  readonly principal?: string;
  /** Values by condition key; several where the key has several. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** Reads policies that hold together. */
export function readPolicies(documents: readonly string[]): Policy {
  const policies = parsePolicies(documents);
  if (!policies) {
    throw new Error(`no policy: ${documents.join("\n")}`);
  }
  return policies;
}

/** Returns whether policies allow what is asked: a statement allows it, and none denies it. */
export function isAllowed(policies: Policy, question: Question): boolean {
  const applying = [...policies.values()].filter((statement) => applies(statement, question));
  return applying.length > 0 && applying.every(({ effect }) => effect === "Allow");
}

function applies({ negated, scopes, conditions }: PolicyStatement, question: Question): boolean {
  if (negated !== undefined) {
    throw new Error(`${negated} is not decided here`);
  }
  const { action, resource, principal = "", context } = question;
  const asked: Record<string, string> = { Action: action.toLowerCase(), Resource: resource, Principal: principal };
  // A trust policy names no resource, and a policy of a role no principal.
  const covers = ({ id, names }: StatementPart) =>
    (names.has("") && id !== "Principal") || hasMatch(names, asked[id] ?? "");
  return scopes.every(covers) && conditions.every((condition) => holds(condition, context));
}

/** Returns whether a condition holds, for the operators that our policies have. */
function holds({ id, names }: StatementPart, context: Question["context"]): boolean {
  const [, set, operator = "", ifExists, key] = /^(?:(forallvalues):)?(\w+?)(ifexists)? (.*)$/.exec(id) ?? [];
  const given = Object.entries(context).find(([name]) => name.toLowerCase() === key)?.[1] ?? [];
  const values = [given].flat();
  // A negated operator holds of a key that is not there, too (IAM user guide, "String condition operators").
  if (operator === "stringnotequals" && set === undefined) {
    return values.every((value) => !names.has(value));
  }
  if (values.length === 0) {
    return set !== undefined || ifExists !== undefined;
  }
  const tests: Record<string, (value: string) => boolean> = {
    arnlike: (value) => hasMatch(names, value),
    bool: (value) => names.has(value.toLowerCase()),
    stringequals: (value) => names.has(value),
    stringlike: (value) => hasMatch(names, value),
  };
  const test = tests[operator];
  if (!test) {
    throw new Error(`the operator of '${id}' is not decided here`);
  }
  return set === undefined ? values.some(test) : values.every(test);
}

function hasMatch(patterns: StatementPart["names"], name: string): boolean {
  return [...patterns.keys()].some((pattern) => matches(pattern, name, () => {}));
}
