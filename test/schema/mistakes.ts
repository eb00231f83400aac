import { inspect } from "node:util";
import { demoWith } from "../../rehearsal/life/demo-settings";
import { type CheckedSettings, type ClusterSettings, checkSettings } from "../../schema/settings";

/** Settings of one cluster as a program without types could write them: editors refuse some of the mistakes here. */
export type Changes = Record<string, unknown>;

/** Checks a cluster for each argument: the demo, changed. */
export function check(...changes: Changes[]): CheckedSettings {
  return checkSettings(changes.map((change) => demoWith(change as Partial<ClusterSettings>)));
}

/** What is wrong, the demo's changes, what the line about it begins with, and what it says of the rule or the way out. */
type Mistake = readonly [what: string, changes: Changes, beginning: string, words: string];

/** Mistakes of the setting at `path`, which `put` writes into a cluster. */
export function mistakesAt(path: string, put: (value: unknown) => Changes) {
  return (what: string, value: unknown, words: string): Mistake => {
    const shown = value === undefined ? "missing; it" : inspect(value);
    const cut = shown.length > 100 ? `${shown.slice(0, 99)}…` : shown;
    return [what, put(value), `clusters[0].${path}: ${cut}`, words];
  };
}

/** For `test.each`: it is the one mistake, with path, value and `words`, and nothing is built. */
export function expectMistake(...[, changes, beginning, words]: Mistake): void {
  const { clusters, problems, warnings } = check(changes);

  expect(problems).toEqual([expect.stringContaining(words)]);
  expect(problems[0]?.slice(0, beginning.length + 1)).toBe(`${beginning} `);
  expect([...clusters, ...warnings]).toEqual([]);
}
