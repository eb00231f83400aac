import type { Severity } from "../../report/report";

/** One thing that is let through and was not, or the reverse. */
export interface AccessChange {
  /** `lost` is narrower, where something may need what it had. */
  readonly direction: "wider" | "narrower" | "lost";
  readonly severity: Severity;
  /** In plain words, never shortened: a silence names the sentence, and must not cover what was left out of it. */
  readonly what: string;
}

/** Asks people to judge what cannot be compared here. */
export function toBeRead(why: string): AccessChange {
  return { direction: "wider", severity: "caution", what: `${why}: read it in the code` };
}
