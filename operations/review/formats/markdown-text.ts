import { visible, visibleLine } from "../../command/visible-text";

// Text of a plan within Markdown: nothing of it may become Markdown, HTML, a link or a mention.

const longest = 500;

/** A block that is opened by its title. */
export function folded(title: string, content: readonly string[]): string {
  // In a list, unlike in a block of HTML, it would be read as Markdown.
  if (content.length === 0) {
    return `- ${code(title)}`;
  }
  const summary = visibleLine(title).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<details><summary><code>${summary}</code></summary>\n\n${content.join("\n\n")}\n\n</details>`;
}

/** A diff. */
export function fenced(lines: readonly string[]): string {
  const text = lines.map((line) => visible(line).replaceAll("\n", "\\n")).join("\n");
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}diff\n${text}\n${fence}`;
}

/** Text in which nothing is Markdown, HTML or a mention. */
export function code(text: string): string {
  const line = visibleLine(text);
  const fence = "`".repeat(longestRun(line) + 1);
  const pad = /^[` ]|[` ]$|^$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A sentence of ours as it is; one that holds more than words, as code. */
export function prose(text: string): string {
  // Not an emoji's name, nor what begins like a list.
  return /^['\p{L}](?:[\p{L}\d ,.:;'()→-]|_(?=[\p{L}\d]))*$/u.test(text) && !/www\.|:\w+:/i.test(text)
    ? text
    : code(text);
}

/** Text without the end that makes it longer than people read. */
export function cut(text: string): string {
  const rest = text.length - longest;
  return rest > 0 ? `${text.slice(0, longest)} … ${rest} more characters` : text;
}

/** Text of a table's cell. */
export function cell(text: string): string {
  // What is escaped by a backslash of its own would end the cell.
  return text.replaceAll(/(\\*)\|/g, "$1$1\\|");
}

function longestRun(text: string): number {
  return [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
}
