import type { Verdict } from "../../report/report";
import { countWords, remarks } from "../verdict-wording";
import { cell, code, prose, truncated } from "./text";

/** Returns a table with a row for each stack: its name, what its plan does in numbers, and what there is to say of it. */
export function verdictTable(stacks: readonly Verdict[]): string {
  const rows = stacks.map((stack) => {
    const worst = stack.worst === undefined ? [] : [`**${prose(truncated(stack.worst))}**`];
    const others = remarks(stack).map(({ text }) => prose(truncated(text)));
    return [code(stack.stack), countWords(stack), [...worst, ...others].join("<br>")];
  });
  return [
    "| stack | plan | worst |",
    "| --- | --- | --- |",
    ...rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`),
  ].join("\n");
}
