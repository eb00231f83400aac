import type { Plan } from "./plan/plan";
import type { Unplanned } from "../review/review";

/** What came of an attempt to get plans. A stack can stand in both: of what failed half-way there may be half a plan. */
export interface Planned {
  readonly plans: readonly Plan[];
  readonly problems: readonly Unplanned[];
}
