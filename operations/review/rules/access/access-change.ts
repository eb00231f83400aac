import type { Severity } from "../../report/report";

/** One way in which more is let through than before, or less. */
export interface AccessChange {
  readonly direction: "wider" | "narrower";
  readonly severity: Severity;
  /** In plain words, and whole: a silence is for the sentence, and must not be for what a shorter one left out. */
  readonly what: string;
}

/** What nobody but a person can judge. */
export function toBeRead(why: string): AccessChange {
  return { direction: "wider", severity: "caution", what: `${why}: read it in the code` };
}
