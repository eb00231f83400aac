import type { Plan } from "./plan/plan";

/** Plans, and what kept others from being made. A stack that failed half-way may stand in both, since part of its plan was made. */
export interface PlanningResult {
  readonly plans: readonly Plan[];
  readonly problems: readonly PlanningProblem[];
}

/** A stack that could not be planned, or not to the end. */
export interface PlanningProblem {
  readonly stack: string;
  /** `blocked`: a stack before it was never applied. */
  readonly kind: "blocked" | "failed";
  /** What is wrong, in words; from a failed plan, Terraform's own. */
  readonly what: string;
  /** The command that helps.
   * @default - none is known */
  readonly next?: string;
}

/** Returns the addresses that a problem names as gone from AWS: of some resources hashicorp/aws 6.34 says so in these words. */
export function unreadableIn(problem: string): string[] {
  return [...problem.matchAll(/^(\S+): Missing Resource Identity After Read/gm)].map(([, address = ""]) => address);
}
