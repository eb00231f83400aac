import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { visible, visibleLine } from "../../command/visible-text";
import type { Change, Drift, Finding, Part, Report, Severity, Verdict } from "../report/report";
import { byAddress, byReason, changeWords, countWords, diffLines, remarks, rulesOf } from "./wording";

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

/** What is new or goes as a whole is cut after so many lines: it is read where it is written. */
const mostOfOneKind = 30;
const mostPlaces = 5;

/** A report for people at a terminal. */
export function terminal(report: Report, { width, colour }: TerminalOptions): string {
  const { bold, dim, red, green, yellow, cyan } = createColors(colour);
  const text = (indent: number, words: string) => {
    const space = Math.max(width - indent, 20);
    // Most fit, and to wrap them would be half of the time that a large report takes.
    const lines = words.length <= space ? words : wrapAnsi(words, space, { hard: true });
    return lines.replaceAll(/^/gm, " ".repeat(indent));
  };

  const section = (title: string, blocks: readonly (readonly string[])[]) =>
    blocks.length === 0 ? [] : [bold(title), "", ...blocks.flatMap((block) => [...block, ""])];

  const mark = (severity: Severity) => (severity === "danger" ? red("!!") : yellow("! "));

  const silenced = (silence: Finding["silence"]) =>
    silence === undefined
      ? []
      : [
          text(
            5,
            `${silence.expired ? "was silenced" : "silenced"} until ${silence.until}: ${visibleLine(silence.reason)}`,
          ),
        ];

  const danger = ({ severity, rule, address, stack, what, workloads, forcedBy, silence }: Finding) => [
    `  ${mark(severity)} ${bold(visibleLine(address))} ${dim(visibleLine(`${stack} ${rule}`))}`,
    text(5, severity === "danger" ? red(visibleLine(what)) : visibleLine(what)),
    ...(workloads === undefined ? [] : [text(5, `workloads: ${visibleLine(workloads)}`)]),
    ...(forcedBy.length === 0 ? [] : [text(5, `forced by: ${visibleLine(forcedBy.join(", "))}`)]),
    ...silenced(silence),
  ];

  const access = ({ address, stack, findings }: ReturnType<typeof byAddress>[number]) => [
    `  ${bold(visibleLine(address))} ${dim(visibleLine(`${stack} ${rulesOf(findings)}`))}`,
    ...findings.map(({ severity, direction, what }) => {
      const sign = direction === "narrower" ? green("-") : severity === "danger" ? red("!!") : yellow("+");
      return text(5, `${sign} ${visibleLine(what)}`);
    }),
  ];

  const part = ({ title, lines }: Part) => {
    const oneKind = lines.every(({ sign }) => sign === "+") || lines.every(({ sign }) => sign === "-");
    const kept = oneKind ? lines.slice(0, mostOfOneKind) : lines;
    const colours: Readonly<Record<string, (line: string) => string>> = {
      "+": green,
      "-": red,
      "@": cyan,
      " ": String,
    };
    return [
      ...(title === "" ? [] : [`      ${bold(visibleLine(title))}`]),
      ...diffLines(kept).map(
        (line) => `      ${(line.startsWith("  …") ? dim : (colours[line.charAt(0)] ?? String))(visibleLine(line))}`,
      ),
      ...(kept.length < lines.length
        ? [dim(`      … ${lines.length - kept.length} more lines: --format html shows them`)]
        : []),
    ];
  };

  const change = (one: Change) => {
    const { sign, facts } = changeWords(one);
    const colourOf = one.action === "create" ? green : one.action === "update" ? yellow : red;
    return [
      `    ${colourOf(sign)} ${bold(visibleLine(one.address))}`,
      ...facts.map((fact) => text(6, dim(visibleLine(fact)))),
      ...(one.summary === undefined ? [] : [text(6, visibleLine(one.summary))]),
      ...(one.action === "delete" || one.action === "forget"
        ? one.parts.filter(({ title }) => title !== "").map(({ title }) => text(6, visibleLine(title)))
        : one.parts.flatMap(part)),
      ...(one.unknown.length === 0 ? [] : [text(6, dim(`known after apply: ${visibleLine(one.unknown.join(", "))}`))]),
    ];
  };

  const drift = ({ stack, address, why, unsafe, parts }: Drift) => [
    `  ${unsafe ? mark(unsafe.severity) : "  "} ${bold(visibleLine(address))} ${dim(visibleLine([stack, unsafe?.rule ?? []].flat().join(" ")))}`,
    text(5, visibleLine(why)),
    ...silenced(unsafe?.silence),
    ...parts.flatMap(part),
  ];

  const lines = [
    verdicts(report.stacks, width, createColors(colour)),
    "",
    ...section(red("Danger"), report.dangers.map(danger)),
    ...section(yellow("Access that changes"), byAddress(report.access).map(access)),
    ...section("Silenced", report.silenced.map(danger)),
    ...section("Drift: changed outside of Terraform", report.drift.map(drift)),
    ...report.changes.flatMap(({ stack, constructs, outputs }) =>
      section(`Changes of ${visibleLine(stack)}`, [
        ...constructs.map(({ name, changes }) => [`  ${visibleLine(name)}`, ...changes.flatMap(change)]),
        ...(outputs.length === 0
          ? []
          : [
              [
                "  outputs",
                ...outputs.flatMap(({ lines: diff }) => part({ path: "", title: "", reading: "value", lines: diff })),
              ],
            ]),
      ]),
    ),
    ...section(
      "Noise",
      byReason(report.noise).map(({ stack, why, places }) => {
        const more = places.length > mostPlaces ? [`and ${places.length - mostPlaces} more`] : [];
        return [
          text(
            2,
            dim(
              `${visibleLine(stack)}: ${visibleLine(why)}: ${visibleLine([...places.slice(0, mostPlaces), ...more].join(", "))}`,
            ),
          ),
        ];
      }),
    ),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** A line a stack, and what is remarkable of it. */
function verdicts(
  stacks: readonly Verdict[],
  width: number,
  { bold, dim, red }: ReturnType<typeof createColors>,
): string {
  const rows = stacks.map((stack) => [
    bold(visibleLine(stack.stack)),
    countWords(stack),
    [
      ...(stack.worst === undefined ? [] : [red(visibleLine(stack.worst))]),
      ...remarks(stack).map((remark) => dim(visible(remark))),
    ].join("\n"),
  ]);
  const widths = [0, 1].map((column) => {
    const widest = rows.reduce((most, row) => Math.max(most, stripVTControlCharacters(row[column] ?? "").length), 0);
    return Math.min(widest, Math.floor(width / 3));
  });
  const all = [...widths, Math.max(width - widths.reduce((sum, each) => sum + each + 2, 0), 20)];
  return rows
    .flatMap((row) => {
      const cells = all.map((space, column) => wrapAnsi(row[column] ?? "", space, { hard: true }).split("\n"));
      const height = Math.max(...cells.map((lines) => lines.length));
      return Array.from({ length: height }, (_, line) =>
        cells
          .map((lines, column) => padded(lines[line] ?? "", all[column] ?? 0))
          .join("  ")
          .trimEnd(),
      );
    })
    .join("\n");
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(width - stripVTControlCharacters(text).length, 0));
}
