import type { Result } from "./check";
import { terminal } from "./terminal";

export type Progress = (results: readonly Result[]) => void;

/** What does not hold, where the lines before stood. */
export function live(write: (text: string) => void): Progress {
  let lines = 0;
  return (results) => {
    const waited = results.filter(({ state }) => state !== "holds");
    const text = waited.length === 0 ? "" : terminal(waited, true);
    write(`${lines > 0 ? `\u001b[${lines}A` : ""}\u001b[0J${text}`);
    lines = text.split("\n").length - 1;
  };
}

/** A line a change: for logs. */
export function changes(write: (text: string) => void, now: () => Date = () => new Date()): Progress {
  const before = new Map<string, string>();
  return (results) => {
    for (const { id, title, state, found } of results) {
      const line = `${state}: ${title}: ${found}`;
      // What holds from the start is no news, and what is found of it, as an age, changes all the time.
      const key = state === "holds" ? state : line;
      if (before.get(id) !== key && !(state === "holds" && !before.has(id))) {
        write(`${now().toISOString().slice(11, 19)} ${line}\n`);
      }
      before.set(id, key);
    }
  };
}
