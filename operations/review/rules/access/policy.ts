import { type AccessChange, toBeRead } from "./access-change";
import { cut, type Spend, stepBudget, tooLarge } from "./policy-cut";
import { hasMatch, isLockout } from "./policy-danger";
import { type Policy, type PolicyStatement, parsePolicies, type StatementPart } from "./policy-document";

/** A piece of a statement that the other policy does not cover. */
interface UncoveredPiece {
  readonly piece: PolicyStatement;
  /** Conditions under which the other policy covers it after all. */
  readonly unmet: readonly StatementPart[];
  /** Whether the other policy covers something of it: a wildcard is new, and what it stands for is not. */
  readonly partly: boolean;
}

/** Kinds of changes: what statements `of` one side cover, and those of the other side do not. */
const changeKinds = [
  { direction: "wider", of: "after", effect: "Allow", verb: "allowed now", other: "before" },
  { direction: "wider", of: "before", effect: "Deny", verb: "denied no longer", other: "now" },
  { direction: "narrower", of: "before", effect: "Allow", verb: "allowed no longer", other: "now" },
  { direction: "narrower", of: "after", effect: "Deny", verb: "denied now", other: "before" },
] as const;

/** Steps of a comparison. No policy that AWS accepts takes so many. */
const mostSteps = 600_000;

/**
 * Returns what policies let through that they did not, and the reverse; undefined if they differ and one is no policy document.
 * @param before - JSON texts that hold together; without any, nothing is allowed or denied
 * @param isDanger - whether it is a danger that what a statement says is allowed now, or denied no longer
 */
export function comparePolicies(
  before: readonly string[],
  after: readonly string[],
  isDanger: (statement: PolicyStatement) => boolean,
): readonly AccessChange[] | undefined {
  const [was, is] = [before.join("\n"), after.join("\n")];
  if (was === is) {
    return [];
  }
  const spend = stepBudget(mostSteps);
  try {
    spend(was.length + is.length);
    const policies = { before: parsePolicies(before), after: parsePolicies(after) };
    return policies.before && policies.after && policyChanges(policies.before, policies.after, isDanger, spend);
  } catch (error) {
    if (error !== tooLarge) {
      throw error;
    }
    // Somebody may have made it large to hide the rest.
    return [{ ...toBeRead("what it allows is too much to compare"), severity: "danger" }];
  }
}

function policyChanges(
  before: Policy,
  after: Policy,
  isDanger: (statement: PolicyStatement) => boolean,
  spend: Spend,
): readonly AccessChange[] {
  const changes = new Map<string, AccessChange>();
  const add = (change: AccessChange) => changes.set(`${change.severity} ${change.what}`, change);
  const gone = negations(onlyIn(before, after));
  const come = negations(onlyIn(after, before));
  for (const negation of new Set([...gone, ...come])) {
    add({ ...toBeRead(`${negation} changed`), ...negationChange(negation, gone, come) });
  }
  for (const { direction, of, effect, verb, other } of changeKinds) {
    const sides = of === "after" ? ([after, before] as const) : ([before, after] as const);
    for (const uncovered of uncoveredByStatement(...sides, effect, spend)) {
      for (const { sentence, pieces } of sentences(uncovered, other)) {
        const danger = direction === "wider" ? pieces.some(isDanger) : pieces.some(isNeeded);
        const lost = danger && direction === "narrower" ? "lost" : direction;
        add({ direction: lost, severity: danger ? "danger" : "caution", what: `${verb}: ${sentence}` });
      }
    }
  }
  return [...changes.values()];
}

/** A new `Allow with NotAction` allows all that it does not name; one that only goes, or a `Deny` that only comes, lets nobody do more. */
function negationChange(negation: string, gone: readonly string[], come: readonly string[]): Partial<AccessChange> {
  const isAllow = negation.startsWith("Allow");
  if (isAllow && !gone.includes(negation)) {
    return { severity: "danger" };
  }
  const isGone = !come.includes(negation);
  const isNew = !gone.includes(negation);
  return (isAllow && isGone) || (!isAllow && isNew) ? { direction: "narrower" } : {};
}

/** Returns whether what is allowed no longer, or denied now, is what nodes or a cluster cannot do without, or everybody. */
function isNeeded(statement: PolicyStatement): boolean {
  return (
    isLockout(statement) ||
    (statement.effect === "Allow" && hasMatch(statement, "Action", /^all of (amazoneks|amazonec2containerregistry)/))
  );
}

function negations(statements: readonly PolicyStatement[]): readonly string[] {
  return statements.flatMap(({ effect, negated }) => (negated === undefined ? [] : `${effect} with ${negated}`));
}

function onlyIn(policy: Policy, other: Policy): readonly PolicyStatement[] {
  return [...policy.values()].filter(({ id }) => !other.has(id));
}

/** Returns what each statement that only one policy has covers and the other policy does not. */
function uncoveredByStatement(
  policy: Policy,
  other: Policy,
  effect: string,
  spend: Spend,
): readonly (readonly UncoveredPiece[])[] {
  const isCompared = (one: PolicyStatement) => one.effect === effect && one.negated === undefined;
  // What changed comes first, so that a condition that is lost is the one of the statement that had it.
  const others = [...new Set([...onlyIn(other, policy), ...other.values()])].filter(isCompared);
  return onlyIn(policy, other)
    .filter(isCompared)
    .filter(({ scopes, conditions }) => [...scopes, ...conditions].every(({ names }) => names.size > 0))
    .map((statement) => uncoveredPieces(statement, others, spend));
}

/**
 * Returns what a statement covers and others do not.
 *
 *     Allow s3:GetObject on a, b    beside    Allow s3:GetObject on a, if aws:SourceVpc is v
 *
 * gives s3:GetObject on a, with the condition `unmet`, and s3:GetObject on b.
 */
function uncoveredPieces(
  statement: PolicyStatement,
  others: readonly PolicyStatement[],
  spend: Spend,
): readonly UncoveredPiece[] {
  let pieces: readonly PolicyStatement[] = [statement];
  for (const { scopes, conditions } of others) {
    pieces = pieces.flatMap((piece) => cut(piece, [...scopes, ...conditions], spend).beyond);
  }
  const conditional: UncoveredPiece[] = [];
  for (const { scopes, conditions } of others) {
    pieces = pieces.flatMap((piece) => {
      const { within, beyond } = cut(piece, scopes, spend);
      if (within !== undefined) {
        const unmet = conditions.filter((part) => cut(within, [part], spend).beyond.length > 0);
        conditional.push({ piece: within, unmet, partly: false });
      }
      return beyond;
    });
  }
  const rest = pieces.map((piece) => {
    const partly = others.some((other) => cut(other, piece.scopes, spend).within !== undefined);
    return { piece, unmet: [], partly };
  });
  return [...conditional, ...rest];
}

interface Sentence {
  /** `s3:GetObject on a; s3:PutObject on b, if c is d (before only if e is f)`. */
  readonly sentence: string;
  readonly pieces: readonly PolicyStatement[];
}

/** Returns a sentence for all pieces that end alike. */
function sentences(uncovered: readonly UncoveredPiece[], other: string): readonly Sentence[] {
  const byEnding = new Map<string, PolicyStatement[]>();
  for (const { piece, unmet, partly } of uncovered) {
    const condition = piece.conditions.length > 0 ? `, if ${conditionTexts(piece.conditions).join(" and ")}` : "";
    const only = unmet.length > 0 ? ` (${other} only if ${conditionTexts(unmet).join(" and ")})` : "";
    const ending = `${condition}${only}${partly ? ` (${other} only in part)` : ""}`;
    const pieces = byEnding.get(ending) ?? [];
    pieces.push(piece);
    byEnding.set(ending, pieces);
  }
  return [...byEnding].map(([ending, pieces]) => ({ sentence: pieces.map(scopesText).join("; ") + ending, pieces }));
}

function scopesText({ scopes }: PolicyStatement): string {
  return scopes
    .filter(({ names }) => names.size > 1 || !names.has(""))
    .map(({ phrase, names }) => {
      // Names that end in a wildcard, which stand for the most, come first.
      const ranked = [...names.values()].sort((one, other) => Number(/\*$/.test(other)) - Number(/\*$/.test(one)));
      return phrase + ranked.join(", ");
    })
    .join("");
}

function conditionTexts(conditions: readonly StatementPart[]): readonly string[] {
  return conditions.map(({ phrase, names }) => phrase + [...names.values()].join(" or "));
}
