import type { RepositoryChange } from "../rest/request";

/** A call that changed something, or tried to. */
export interface JournalEntry extends Partial<RepositoryChange> {
  /** `PUSH` for a push. */
  readonly method: string;
  readonly path: string;
  /**
   * Of the answer, or of the work behind an answer that was lost.
   * @default - nothing was done, or it was a push
   */
  readonly status?: number;
  /**
   * What was answered instead: a status, or `close`.
   * @default - no fault hit it
   */
  readonly fault?: number | string;
}

/** All that was changed, in order. */
export class Journal {
  readonly entries: (JournalEntry & { readonly sequence: number; readonly time: string })[] = [];

  add(entry: JournalEntry): void {
    this.entries.push({ sequence: this.entries.length + 1, time: new Date().toISOString(), ...entry });
  }
}
