import { Failure } from "../command/failure";
import type { Look } from "./snapshot";

/** Something that the platform promises. */
export interface Check {
  /** For programs. */
  readonly id: string;
  /** What it is about, for people. */
  readonly title: string;
  run(look: Look): Promise<Finding>;
}

/** What a check found. */
export interface Finding {
  /** `not asked`: nobody wanted to know, or said how to. `could not ask`: somebody did, and got no answer. */
  readonly state: State;
  readonly found: string;
  /**
   * What it most probably is.
   * @default - nothing is wrong
   */
  readonly cause?: string;
  /**
   * What to type or do next.
   * @default - nothing
   */
  readonly next?: string;
}

export type State = (typeof states)[number];
export const states = ["holds", "broken", "not asked", "could not ask"] as const;

export interface Result extends Finding, Pick<Check, "id" | "title"> {}

export function holds(found: string): Finding {
  return { state: "holds", found };
}

export function broken(found: string, cause: string, next: string): Finding {
  return { state: "broken", found, cause, next };
}

export function notAsked(found: string, next: string): Finding {
  return { state: "not asked", found, next };
}

/** All checks, side by side; what several ask is asked once. */
export function runChecks(checks: readonly Check[], look: Look): Promise<Result[]> {
  return Promise.all(
    checks.map(async ({ id, title, run }) => {
      try {
        return { id, title, ...(await run(look)) };
      } catch (thrown) {
        const found = thrown instanceof Error ? thrown.message : String(thrown);
        const next = thrown instanceof Failure ? { next: thrown.next } : {};
        return { id, title, state: "could not ask" as const, found, ...next };
      }
    }),
  );
}

/** 0: all hold. 2: some do not. 1: some could not be asked, and those that could hold. */
export function exitCode(results: readonly Result[]): 0 | 1 | 2 {
  if (results.some(({ state }) => state === "broken")) {
    return 2;
  }
  return results.some(({ state }) => state === "could not ask") ? 1 : 0;
}
