import { type AccessChange, toBeRead } from "./access-change";
import { budget, cut, type Spend, tooLarge } from "./policy-cut";
import { type Part, type Policy, policyOf, type Statement } from "./policy-document";

/** What a statement covers and the other policy does not. */
interface Gap {
  readonly box: Statement;
  /** Conditions under which the other covers it after all. */
  readonly unmet: readonly Part[];
  /** Whether the other covers something of it: a wildcard is new and what it stands for is not. */
  readonly partly: boolean;
}

/** The ways in which a policy changes: whose statements lack a counterpart in the other, and the words for it. */
const ways = [
  { direction: "wider", of: "after", effect: "Allow", verb: "allowed now", other: "before" },
  { direction: "wider", of: "before", effect: "Deny", verb: "denied no longer", other: "now" },
  { direction: "narrower", of: "before", effect: "Allow", verb: "allowed no longer", other: "now" },
  { direction: "narrower", of: "after", effect: "Deny", verb: "denied now", other: "before" },
] as const;

/** More than any policy takes that AWS accepts. */
const mostSteps = 600_000;

/**
 * What policies let through that they did not, and the reverse. Those of one side, which are JSON texts, hold together;
 * none allow and deny nothing. New text that is no policy document gives undefined.
 * @param isDanger - whether it is a danger that what a statement says is allowed now, or denied no longer
 */
export function comparePolicies(
  before: readonly string[],
  after: readonly string[],
  isDanger: (statement: Statement) => boolean,
): readonly AccessChange[] | undefined {
  const [was, is] = [before.join("\n"), after.join("\n")];
  if (was === is) {
    return [];
  }
  const spend = budget(mostSteps);
  try {
    spend(was.length + is.length);
    const policies = { before: policyOf(before), after: policyOf(after) };
    return policies.before && policies.after && differences(policies.before, policies.after, isDanger, spend);
  } catch (error) {
    if (error !== tooLarge) {
      throw error;
    }
    // What makes it large may be there to hide the rest.
    return [{ ...toBeRead("what it allows is too much to compare"), severity: "danger" }];
  }
}

function differences(
  before: Policy,
  after: Policy,
  isDanger: (statement: Statement) => boolean,
  spend: Spend,
): readonly AccessChange[] {
  const changes = new Map<string, AccessChange>();
  const add = (change: AccessChange) => changes.set(`${change.severity} ${change.what}`, change);
  const [gone, come] = [changed(before, after), changed(after, before)].map(negatedWords);
  for (const words of new Set([...(gone ?? []), ...(come ?? [])])) {
    // All that it does not name, it allows.
    const isNew = words.startsWith("Allow") && !gone?.includes(words);
    add({ ...toBeRead(`${words} changed`), ...(isNew ? { severity: "danger" } : {}) });
  }
  for (const { direction, of, effect, verb, other } of ways) {
    const sides = of === "after" ? ([after, before] as const) : ([before, after] as const);
    for (const gaps of uncovered(...sides, effect, spend)) {
      for (const [sentence, boxes] of sentences(gaps, other)) {
        const danger = direction === "wider" && boxes.some(isDanger);
        add({ direction, severity: danger ? "danger" : "caution", what: `${verb}: ${sentence}` });
      }
    }
  }
  return [...changes.values()];
}

function negatedWords(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap(({ effect, negated }) => (negated === undefined ? [] : `${effect} with ${negated}`));
}

function changed(of: Policy, against: Policy): readonly Statement[] {
  return [...of.values()].filter(({ id }) => !against.has(id));
}

/** What a policy covers and the other does not, by the statements that changed. */
function uncovered(of: Policy, against: Policy, effect: string, spend: Spend): readonly (readonly Gap[])[] {
  const judged = (one: Statement) => one.effect === effect && one.negated === undefined;
  // What changed comes first, so that a condition that is lost is named after the statement that had it.
  const others = [...new Set([...changed(against, of), ...against.values()])].filter(judged);
  return changed(of, against)
    .filter(judged)
    .filter(({ scopes, conditions }) => [...scopes, ...conditions].every(({ names }) => names.size > 0))
    .map((statement) => gapsOf(statement, others, spend));
}

function gapsOf(statement: Statement, others: readonly Statement[], spend: Spend): readonly Gap[] {
  let boxes: readonly Statement[] = [statement];
  for (const { scopes, conditions } of others) {
    boxes = boxes.flatMap((box) => cut(box, [...scopes, ...conditions], spend).beyond);
  }
  const conditional: Gap[] = [];
  for (const { scopes, conditions } of others) {
    boxes = boxes.flatMap((box) => {
      const { within, beyond } = cut(box, scopes, spend);
      if (within !== undefined) {
        const unmet = conditions.filter((part) => cut(within, [part], spend).beyond.length > 0);
        conditional.push({ box: within, unmet, partly: false });
      }
      return beyond;
    });
  }
  const rest = boxes.map((box) => {
    const partly = others.some((other) => cut(other, box.scopes, spend).within !== undefined);
    return { box, unmet: [], partly };
  });
  return [...conditional, ...rest];
}

/** `s3:GetObject on a; s3:PutObject on b, if c is d (before only if e is f)`, with what it speaks of. */
function sentences(gaps: readonly Gap[], other: string): readonly (readonly [string, readonly Statement[]])[] {
  const byEnding = new Map<string, Statement[]>();
  for (const { box, unmet, partly } of gaps) {
    const condition = box.conditions.length > 0 ? `, if ${conditionTexts(box.conditions).join(" and ")}` : "";
    const only = unmet.length > 0 ? ` (${other} only if ${conditionTexts(unmet).join(" and ")})` : "";
    const ending = `${condition}${only}${partly ? ` (${other} only in part)` : ""}`;
    const boxes = byEnding.get(ending) ?? [];
    boxes.push(box);
    byEnding.set(ending, boxes);
  }
  return [...byEnding].map(([ending, boxes]) => [boxes.map(scopesText).join("; ") + ending, boxes]);
}

function scopesText({ scopes }: Statement): string {
  return scopes
    .filter(({ names }) => names.size > 1 || !names.has(""))
    .map(({ text, names }) => {
      // What stands for the most comes first.
      const ranked = [...names.values()].sort((one, other) => Number(/\*$/.test(other)) - Number(/\*$/.test(one)));
      return text + ranked.join(", ");
    })
    .join("");
}

function conditionTexts(conditions: readonly Part[]): readonly string[] {
  return conditions.map(({ text, names }) => text + [...names.values()].join(" or "));
}
