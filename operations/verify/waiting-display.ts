import wrapAnsi from "wrap-ansi";

import { timeOfDay } from "../command/progress";
import { agePattern } from "./age";
import type { CheckResult } from "./check";
import { resultsText, visibleResult } from "./results-text";

/** Shows the results of one run of the checks; more runs follow. */
export type ShowResults = (results: readonly CheckResult[]) => void;

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** Shows what does not hold, in place of what it showed before. Given no results, it leaves nothing on the screen. */
export function progressOnTerminal(write: (text: string) => void, size: () => TerminalSize): ShowResults {
  let height = 0;
  return (results) => {
    const unmet = results.filter(({ state }) => state !== "holds");
    // Some terminals do not tell how large they are.
    const columns = size().columns || 80;
    const rows = size().rows || 24;
    const text = unmet.length === 0 ? "" : resultsText(unmet, true).trimEnd();
    const lines = text === "" ? [] : wrapAnsi(text, columns, { hard: true, trim: false }).split("\n");
    // Lines that have left the screen at its top cannot be written over.
    const shown =
      lines.length < rows ? lines : [...lines.slice(0, rows - 2), `and ${lines.length - rows + 2} lines more`];
    write(`${height > 0 ? `\u001b[${height}A` : ""}\u001b[0J${shown.map((line) => `${line}\n`).join("")}`);
    height = shown.length;
  };
}

/** Writes a line for each result that changes, as logs need it. */
export function progressInLog(write: (text: string) => void, now: () => Date = () => new Date()): ShowResults {
  const before = new Map<string, string>();
  return (results) => {
    for (const { id, title, state, found } of results.map(visibleResult)) {
      const line = `${state}: ${title}: ${found}`;
      // What holds from the start is no news; nor is it that something has got older.
      const key = state === "holds" ? state : line.replaceAll(agePattern, "");
      if (before.get(id) !== key && !(state === "holds" && !before.has(id))) {
        write(`${timeOfDay(now())} ${line}\n`);
      }
      before.set(id, key);
    }
  };
}
