import { stripVTControlCharacters } from "node:util";
import wrapAnsi from "wrap-ansi";
import { visible, visibleLine } from "../../../../platform/visible-text";
import type { Verdict } from "../../report/report";
import { countWords, remarks } from "../verdict-wording";
import type { Style } from "./style";

/** Returns a table with a row for each stack: its name, what its plan does in numbers, and what there is to say of it. */
export function verdictTable({ width, bold, dim, red }: Style, stacks: readonly Verdict[]): string {
  const rows = stacks.map((stack) => [
    bold(visibleLine(stack.stack)),
    countWords(stack),
    [
      ...(stack.worst === undefined ? [] : [red(visibleLine(stack.worst))]),
      ...remarks(stack).map(({ text }) => dim(visible(text))),
    ].join("\n"),
  ]);
  const narrow = [0, 1].map((column) => {
    const widest = rows.reduce((most, row) => Math.max(most, columnsOf(row[column] ?? "")), 0);
    return Math.min(widest, Math.floor(width / 3));
  });
  const rest = width - narrow.reduce((sum, columns) => sum + columns + 2, 0);
  const widths = [...narrow, Math.max(rest, 20)];
  return rows.flatMap((row) => rowLines(row, widths)).join("\n");
}

function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = widths.map((width, column) => wrapAnsi(row[column] ?? "", width).split("\n"));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => padded(lines[line] ?? "", widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(width - columnsOf(text), 0));
}

function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
