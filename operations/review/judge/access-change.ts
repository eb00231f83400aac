import type { Severity } from "../report";

/** One way in which more is let through than before, or less. */
export interface AccessChange {
  readonly direction: "wider" | "narrower";
  readonly severity: Severity;
  /** In plain words. */
  readonly what: string;
}

/** A list in a sentence. The rest of a long one is a number: the change itself is shown in full elsewhere. */
export function briefly(names: readonly string[], most: number, separator = ", "): string {
  const rest = names.length - most;
  return rest > 1 ? `${names.slice(0, most).join(separator)} and ${rest} more` : names.join(separator);
}

/** What nobody but a person can judge. */
export function toBeRead(why: string): AccessChange {
  return { direction: "wider", severity: "caution", what: `${why}: read it in the code` };
}
