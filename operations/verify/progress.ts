import wrapAnsi from "wrap-ansi";

import { ages } from "./age";
import type { Result } from "./check";
import { terminal } from "./terminal";

export type Progress = (results: readonly Result[]) => void;

/** How much of a terminal can be written over again. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What does not hold, where the lines before stood; nothing is left of them when there is nothing to show. */
export function live(write: (text: string) => void, size: () => Size): Progress {
  let height = 0;
  return (results) => {
    const waited = results.filter(({ state }) => state !== "holds");
    const { columns, rows } = size();
    const text = waited.length === 0 ? "" : terminal(waited, true).trimEnd();
    const lines = text === "" ? [] : wrapAnsi(text, columns, { hard: true, trim: false }).split("\n");
    // What has left the screen at its top cannot be written over.
    const shown =
      lines.length < rows ? lines : [...lines.slice(0, rows - 2), `and ${lines.length - rows + 2} lines more`];
    write(`${height > 0 ? `\u001b[${height}A` : ""}\u001b[0J${shown.map((line) => `${line}\n`).join("")}`);
    height = shown.length;
  };
}

/** A line a change: for logs. */
export function changes(write: (text: string) => void, now: () => Date = () => new Date()): Progress {
  const before = new Map<string, string>();
  return (results) => {
    for (const { id, title, state, found } of results) {
      const line = `${state}: ${title}: ${found}`;
      // What holds from the start is no news; nor is it that something has got older.
      const key = state === "holds" ? state : line.replaceAll(ages, "");
      if (before.get(id) !== key && !(state === "holds" && !before.has(id))) {
        write(`${now().toISOString().slice(11, 19)} ${line}\n`);
      }
      before.set(id, key);
    }
  };
}
