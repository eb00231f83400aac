import type { Plan } from "./plan/plan";

/** What came of an attempt to get plans. A stack can stand in both: of what failed half-way there may be half a plan. */
export interface Planned {
  readonly plans: readonly Plan[];
  readonly problems: readonly Unplanned[];
}

/** A stack that has no plan. */
export interface Unplanned {
  readonly stack: string;
  /** `blocked`: a stack before it was never applied. */
  readonly kind: "blocked" | "failed";
  readonly what: string;
  /** The command to run.
   * @default - none is known */
  readonly next?: string;
}
