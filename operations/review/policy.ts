/** One way in which a policy lets more through, or less, than before. */
export interface AccessChange {
  readonly direction: "wider" | "narrower";
  /** A sentence fragment, names as the document has them: `allowed now: s3:PutObject on arn:aws:s3:::logs/*`. */
  readonly what: string;
}

/** Names as they are compared, each with how it is written. */
type Names = ReadonlyMap<string, string>;

/** The actions, resources or principals of a statement (these have no operator), or the values of a condition. */
interface Part {
  readonly id: string;
  readonly subject: string;
  readonly operator: string;
  readonly label: string;
  readonly names: Names;
}

interface Statement {
  readonly id: string;
  readonly effect: "Allow" | "Deny";
  readonly parts: ReadonlyMap<string, Part>;
  /** What it holds that keeps it from being judged. */
  readonly unjudged: string | undefined;
}

type Statements = ReadonlyMap<string, Statement>;

const scopes = ["Action", "Resource", "Principal"];
const elements = ["Sid", "Effect", "Condition", ...scopes, ...scopes.map((scope) => `Not${scope}`)];

/**
 * What a policy's change lets through that it did not, and the reverse. A document that is not there allows and denies
 * nothing, which is not what a VPC endpoint without a policy does. Text that is no policy document gives undefined.
 */
export function comparePolicies(before: string | undefined, after: string | undefined): readonly AccessChange[] | undefined {
  const [old, now] = [policy(before), policy(after)];
  if (old === undefined || now === undefined) {
    return undefined;
  }
  const changes = new Map<string, AccessChange>();
  const add = (direction: AccessChange["direction"], what: string) => changes.set(what, { direction, what });
  if (before !== undefined && after !== undefined && old.version !== now.version && (before + after).includes("${")) {
    add("wider", "the Version changed, which decides whether ${...} stands for a value: read it");
  }
  const [was, is] = [old.statements, now.statements];
  for (const { unjudged } of [...changed(was, is), ...changed(is, was)]) {
    if (unjudged !== undefined) {
      add("wider", `a statement with ${unjudged} changed: read it`);
    }
  }
  const spend = budget();
  try {
    uncovered(is, was, "Allow", "before", spend).forEach((what) => add("wider", `allowed now: ${what}`));
    uncovered(was, is, "Deny", "now", spend).forEach((what) => add("wider", `denied no longer: ${what}`));
    uncovered(was, is, "Allow", "now", spend).forEach((what) => add("narrower", `allowed no longer: ${what}`));
    uncovered(is, was, "Deny", "before", spend).forEach((what) => add("narrower", `denied now: ${what}`));
  } catch (error) {
    if (!(error instanceof TooLarge)) {
      throw error;
    }
    add("wider", "the policy is too large to be compared: read it");
  }
  return [...changes.values()];
}

class TooLarge extends Error {}

/** A document made to be slow must not hold up the review. The largest that AWS takes needs a fraction of this. */
function budget(left = 20_000_000): (steps: number) => void {
  return (steps) => {
    left -= steps;
    if (left < 0) {
      throw new TooLarge();
    }
  };
}

function policy(text: string | undefined): { readonly version: unknown; readonly statements: Statements } | undefined {
  try {
    const document = text === undefined ? new Map([["Statement", []]]) : members(JSON.parse(text), ["Version", "Id", "Statement"]);
    const statements = listed(document.get("Statement")).map(statement);
    return { version: document.get("Version"), statements: new Map(statements.map((member) => [member.id, member])) };
  } catch {
    return undefined;
  }
}

function statement(value: unknown): Statement {
  const given = members(value, elements);
  const effect = given.get("Effect");
  if ((effect !== "Allow" && effect !== "Deny") || given.has("Action") === given.has("NotAction")) {
    throw new TypeError("no statement");
  }
  const negated = scopes.map((scope) => `Not${scope}`).filter((element) => given.has(element));
  const parts = [...scopes, ...negated].map((subject): Part => {
    const names = given.has(subject) ? scopeNames(subject, given.get(subject)) : new Map([["", ""]]);
    return { id: subject, subject, operator: "", label: subject, names };
  });
  ...
}
