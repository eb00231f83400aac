import { visibleLine } from "../../../platform/visible-text";
import type { Noise, Report } from "../report/report";
import { alikeChanges } from "./alike";
import { alikeLines, changeLines, driftLines, outputsLines } from "./terminal/changes";
import { accessLines, dangerLines } from "./terminal/findings";
import { paragraph, type Style, styleOf, type TerminalOptions } from "./terminal/style";
import { verdictTable } from "./terminal/verdicts";
import { byAddress, byReason } from "./wording";

/** Attributes with noise of one kind that are named; more are counted. */
const mostAttributes = 5;

/** Returns a report for people at a terminal. */
export function terminal(report: Report, options: TerminalOptions): string {
  const style = styleOf(options);
  const { bold, red, yellow } = style;
  const section = (title: string, blocks: readonly (readonly string[])[]) =>
    blocks.length === 0 ? [] : [bold(title), "", ...blocks.flatMap((block) => [...block, ""])];
  const danger = (finding: Report["dangers"][number]) => dangerLines(style, finding);
  const lines = [
    ...(report.notes ?? []).flatMap((note) => [paragraph(style, 0, visibleLine(note)), ""]),
    verdictTable(style, report.stacks),
    "",
    ...section(red("Danger"), report.dangers.map(danger)),
    ...section(
      yellow("Access that changes"),
      byAddress(report.access).map((found) => accessLines(style, found)),
    ),
    ...section("Silenced", report.silenced.map(danger)),
    ...section(
      "Drift: changed outside of Terraform",
      report.drift.map((drift) => driftLines(style, drift)),
    ),
    ...report.changes.flatMap(({ stack, constructs, outputs }) => {
      const { alike, others } = alikeChanges(constructs);
      return section(`Changes of ${visibleLine(stack)}`, [
        ...(alike.length === 0 ? [] : [alike.flatMap((changes) => alikeLines(style, changes))]),
        ...others.map(({ name, changes }) => [
          `  ${visibleLine(name)}`,
          ...changes.flatMap((change) => changeLines(style, change)),
        ]),
        ...(outputs.length === 0 ? [] : [outputsLines(style, outputs)]),
      ]);
    }),
    ...section("Noise", noiseBlocks(style, report.noise)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function noiseBlocks(style: Style, noise: readonly Noise[]): string[][] {
  return byReason(noise).map(({ stack, why, attributes }) => {
    const rest = attributes.length - mostAttributes;
    const named = [...attributes.slice(0, mostAttributes), ...(rest > 0 ? [`and ${rest} more`] : [])].join(", ");
    return [paragraph(style, 2, style.dim(`${visibleLine(stack)}: ${visibleLine(why)}: ${visibleLine(named)}`))];
  });
}
