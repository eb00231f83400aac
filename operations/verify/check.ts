import { errorSummary } from "../command/report-error";
import type { Snapshot } from "./snapshot";

/** A check looks whether something is true that the platform promises. */
export interface Check {
  /** Names the check in JSON, and does not change. */
  readonly id: string;
  /** Names the check for people. */
  readonly title: string;
  run(snapshot: Snapshot): Promise<CheckOutcome>;
}

export interface CheckOutcome {
  /**
   * `warning`: it is as promised, and will not stay so by itself, or what people run there is not well. `not asked`: nobody gave what
   * it takes. `could not ask`: somebody asked, and got no answer.
   */
  readonly state: CheckState;
  readonly found: string;
  /**
   * The most probable cause of what is wrong, or will be.
   * @default - nothing is wrong
   */
  readonly cause?: string;
  /**
   * A command, or what else to do next.
   * @default - nothing
   */
  readonly next?: string;
}

export type CheckState = (typeof checkStates)[number];
export const checkStates = ["holds", "warning", "broken", "not asked", "could not ask"] as const;

export interface CheckResult extends CheckOutcome, Pick<Check, "id" | "title"> {}

export function holds(found: string): CheckOutcome {
  return { state: "holds", found };
}

export function broken(found: string, cause: string, next: string): CheckOutcome {
  return { state: "broken", found, cause, next };
}

export function warning(found: string, cause: string, next: string): CheckOutcome {
  return { state: "warning", found, cause, next };
}

export function notAsked(found: string, next: string): CheckOutcome {
  return { state: "not asked", found, next };
}

/** Returns all outcomes in one, as bad as the worst, whose cause and next command it has; undefined if there are none. */
export function together(outcomes: readonly CheckOutcome[]): CheckOutcome | undefined {
  const worst = outcomes.find(({ state }) => state === "broken") ?? outcomes[0];
  return worst && { ...worst, found: outcomes.map(({ found }) => found).join("; ") };
}

/** Runs all checks at once. One that throws could not ask. */
export function runChecks(checks: readonly Check[], snapshot: Snapshot): Promise<CheckResult[]> {
  return Promise.all(
    checks.map(async ({ id, title, run }) => {
      try {
        return { id, title, ...(await run(snapshot)) };
      } catch (thrown) {
        return { id, title, state: "could not ask" as const, ...errorSummary(thrown) };
      }
    }),
  );
}

/** Returns 2 if something is broken, else 1 if something could not be asked, else 0. */
export function exitCode(results: readonly CheckResult[]): 0 | 1 | 2 {
  if (results.some(({ state }) => state === "broken")) {
    return 2;
  }
  return results.some(({ state }) => state === "could not ask") ? 1 : 0;
}
