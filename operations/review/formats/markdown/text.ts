import { visible, visibleLine } from "../../../../platform/visible-text";
import type { Severity } from "../../report/report";

// Text of a plan within Markdown: nothing of it may become Markdown, HTML, a link or a mention.

/** Characters of a text that is longer than people read. */
const longest = 500;

/** Returns a block that is opened by its title. */
export function collapsible(title: string, content: readonly string[]): string {
  // A title without content is an item of a list, where a block of HTML would be read as Markdown.
  if (content.length === 0) {
    return `- ${code(title)}`;
  }
  const summary = visibleLine(title).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<details><summary><code>${summary}</code></summary>\n\n${content.join("\n\n")}\n\n</details>`;
}

/** Returns lines as a block of code, which GitHub colours as a diff. */
export function fenced(lines: readonly string[]): string {
  const text = lines.map((line) => withoutLongRuns(visible(line)).replaceAll("\n", "\\n")).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}diff\n${text}\n${fence}`;
}

/** Returns text as code, in which nothing is Markdown, HTML or a mention. */
export function code(text: string): string {
  const line = withoutLongRuns(visibleLine(text));
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = /^[` ]|[` ]$|^$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Returns a sentence that holds words alone as it is, and any other as code. */
export function prose(text: string): string {
  // The name of an emoji is not taken for words, nor is a text that begins like a list.
  return /^['\p{L}](?:[\p{L}\d ,.:;'()→-]|_(?=[\p{L}\d]))*$/u.test(text) && !/www\.|:\w+:/i.test(text)
    ? text
    : code(text);
}

/** Returns `address` in `stack`. */
export function location(address: string, stack: string, mostLines: number): string {
  return `${code(shortened(address, mostLines))} in ${code(stack)}`;
}

export function severityIcon(severity: Severity): string {
  return severity === "danger" ? "🛑" : "⚠️";
}

/** Truncates a text, but not while all lines of a report fit. */
export function shortened(text: string, mostLines: number): string {
  return Number.isFinite(mostLines) ? truncated(text) : text;
}

/** Puts a count in place of the end that makes a text longer than people read. */
export function truncated(text: string): string {
  const rest = text.length - longest;
  return rest > 0 ? `${text.slice(0, longest)} … ${rest} more characters` : text;
}

/** Returns text for the cell of a table. */
export function cell(text: string): string {
  // Backslashes before `|` are doubled: an odd one would escape the backslash that escapes it, and end the cell.
  return text.replaceAll(/(\\*)\|/g, "$1$1\\|");
}

/** Backticks in a row. cmark sees no end of code between more than 80, and keeps a fence's length in a byte. */
const mostBackticks = 32;

/** Puts a count in place of backticks that are more than code can stand between. */
function withoutLongRuns(text: string): string {
  return text.replaceAll(/`+/g, (run) => (run.length > mostBackticks ? `…${run.length} backticks…` : run));
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
}
