/** A call that changed something, or tried to. */
export interface JournalCall {
  /** `PUSH` for a push of Git. */
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

/** An entry of a journal, whose calls tell what they changed as `Change`. */
export type JournalEntry<Change> = JournalCall & Partial<Change>;

/** All that was changed, in order. */
export class Journal<Change> {
  readonly entries: (JournalEntry<Change> & { readonly sequence: number; readonly time: string })[] = [];

  add(entry: JournalEntry<Change>): void {
    this.entries.push({ sequence: this.entries.length + 1, time: new Date().toISOString(), ...entry });
  }
}
