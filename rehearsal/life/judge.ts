import { isDeepStrictEqual } from "node:util";
import { CommandError } from "../../operations/command/failure";
import type { Changes } from "../terraform/plan-changes";
import type { Entry } from "../world/entries";

/** Throws unless a plan does all that is expected and nothing else. Returns what it does, in a few words. */
export function judge(stack: string, changes: Changes, expected: Changes): string {
  if (!isDeepStrictEqual(changes, expected)) {
    throw new CommandError(
      `the plan of ${stack} is not as it should be\n  expected: ${listed(expected)}\n  planned:  ${listed(changes)}`,
    );
  }
  return `${stack}: ${counted(changes)}`;
}

/** Returns what a plan does, in a few words: `2 to create, 1 to update`. */
export function counted(changes: Changes): string {
  const actions = Object.values(changes);
  const kinds = [...new Set(actions)].map((kind) => `${actions.filter((action) => action === kind).length} to ${kind}`);
  return kinds.join(", ") || "nothing";
}

/** Throws unless something is as expected. */
export function mustBe(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) {
    throw new CommandError(`${what} should be ${JSON.stringify(expected)}, and is ${JSON.stringify(found)}`);
  }
}

function listed(changes: Changes): string {
  const lines = Object.entries(changes).map(([address, action]) => `${action} ${address}`);
  return lines.sort().join("\n            ") || "nothing";
}

/** Throws unless each of `earlier` was made before each of `later`, both patterns of what a journal says. */
export function judgeOrder(journal: readonly Entry[], earlier: RegExp, later: RegExp): string {
  const times = (pattern: RegExp) => journal.filter(({ what }) => pattern.test(what)).map(({ time }) => time);
  const before = times(earlier);
  const after = times(later);
  if (before.length === 0 || after.length === 0) {
    throw new CommandError(`the journals hold ${before.length} of ${earlier} and ${after.length} of ${later}`);
  }
  if (Math.max(...before) > Math.min(...after)) {
    throw new CommandError(`${later} came before the last of ${earlier}`);
  }
  return `${before.length} before ${after.length}`;
}
