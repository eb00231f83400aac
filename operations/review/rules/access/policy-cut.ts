import type { PolicyStatement, StatementPart } from "./policy-document";

/** Takes steps of a budget, and throws `tooLarge` when none are left: a document that was made to be slow must not hold up the review. */
export type Spend = (steps: number) => void;

export const tooLarge = new RangeError("too large to be compared");

export function stepBudget(steps: number): Spend {
  let left = steps;
  return (taken) => {
    left -= taken;
    if (left < 0) {
      throw tooLarge;
    }
  };
}

/** A statement in two: what parts of another cover, if anything, and the rest in pieces that do not overlap. */
export interface Cut {
  readonly within: PolicyStatement | undefined;
  readonly beyond: readonly PolicyStatement[];
}

/**
 * Cuts what parts of another statement cover out of a statement, part by part.
 *
 *     Allow s3:GetObject, s3:PutObject on a, b   cut by   [Action s3:Get*, Resource a]
 *
 * is `within` Allow s3:GetObject on a, and `beyond` Allow s3:PutObject on a, b and Allow s3:GetObject on b.
 */
export function cut(statement: PolicyStatement, parts: readonly StatementPart[], spend: Spend): Cut {
  let within = statement;
  const beyond: PolicyStatement[] = [];
  for (const part of parts) {
    const own = [...within.scopes, ...within.conditions];
    spend(own.length);
    const mine = own.find(({ id }) => id === part.id) ?? stricterPart(part.id, own);
    const covered = new Map(mine && coveredNames(mine, part, spend));
    if (mine === undefined || covered.size === 0) {
      return { within: undefined, beyond: [statement] };
    }
    if (covered.size < mine.names.size) {
      beyond.push(withNames(within, mine, new Map([...mine.names].filter(([name]) => !covered.has(name)))));
    }
    within = withNames(within, mine, covered);
  }
  return { within, beyond };
}

function withNames(statement: PolicyStatement, part: StatementPart, names: StatementPart["names"]): PolicyStatement {
  const swap = (one: StatementPart) => (one === part ? { ...one, names } : one);
  return { ...statement, scopes: statement.scopes.map(swap), conditions: statement.conditions.map(swap) };
}

/** Finds a condition that holds only where the one with this id does: `stringequals k` for `stringlike k`. */
function stricterPart(id: string, parts: readonly StatementPart[]): StatementPart | undefined {
  const strict = id
    .replace(/stringlike(ifexists)? /, "stringequals$1 ")
    .replace(/stringnotequals(ifexists)? /, "stringnotlike$1 ");
  const stricter = [id, strict].flatMap((one) => [one, one.replace("ifexists ", " ")]);
  return parts.find((part) => stricter.includes(part.id));
}

/**
 * Returns the names that another part covers: all or none where the condition excludes its values, or all must meet it.
 *
 *     StringNotEquals k: a, b    is covered by    StringNotEquals k: a    since whatever is neither a nor b is not a
 *
 * and so gives a, b; the other way round, it gives nothing.
 */
function coveredNames(mine: StatementPart, part: StatementPart, spend: Spend): readonly [string, string][] {
  const excluded = /^\S*not/.test(part.id);
  const [patterns, names] = excluded ? [mine, part] : [part, mine];
  spend(1 + patterns.names.size + names.names.size);
  const wild = /^[A-Z]|^\S*like(ifexists)? /.test(patterns.id)
    ? [...patterns.names.keys()].filter((name) => /[*?]/.test(name))
    : [];
  const met = [...names.names].filter(
    ([name]) => patterns.names.has(name) || wild.some((pattern) => matches(pattern, name, spend)),
  );
  if (excluded || part.id.startsWith("forallvalues:")) {
    return met.length === names.names.size ? [...mine.names] : [];
  }
  return met;
}

/**
 * Returns whether a pattern covers a name. Wildcards and variables in the name stand for themselves, so that `s3:*` covers `s3:Get*`.
 */
export function matches(pattern: string, name: string, spend: Spend): boolean {
  spend(1);
  if (!name.startsWith(pattern.slice(0, pattern.search(/[*?]/)))) {
    return false;
  }
  spend(pattern.length + name.length);
  const [want, have] = [tokens(pattern), tokens(name)];
  let [next, at, star, from] = [0, 0, -1, 0];
  while (at < have.length) {
    spend(1);
    if (want[next] === "*") {
      star = next++;
      from = at;
    } else if (want[next] === have[at] || (want[next] === "?" && have[at] !== "*" && have[at]?.length === 1)) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++from;
    } else {
      return false;
    }
  }
  return want.slice(next).every((token) => token === "*");
}

function tokens(text: string): readonly string[] {
  return text.match(/\$\{[^{}]*\}|./gsu) ?? [];
}
