import { visibleLine } from "../../command/visible-text";
import type { Change, Drift, Finding, Part, Report, Severity } from "../report/report";
import { cell, code, cut, fenced, folded, prose } from "./markdown-text";
import { byAddress, byReason, changeWords, countWords, diffLines, isEmpty, remarks, rulesOf } from "./wording";

/** By this a bot finds the comment to update. */
export const marker = "<!-- plan-review -->";

/** GitHub refuses a comment of 65,536 characters or more. */
const most = 65_000;
/** Diffs are cut to the first of these that lets everything fit; then what stands last goes. */
const linesPerDiff = [Number.POSITIVE_INFINITY, 200, 60, 20, 5];

/** A report for a pull request. */
export function markdown(report: Report): string {
  const fitting = linesPerDiff.map((lines) => blocksOf(report, lines)).find((blocks) => lengthOf(blocks) <= most);
  if (fitting !== undefined) {
    return joined(fitting);
  }
  const blocks = blocksOf(report, linesPerDiff.at(-1) ?? 0);
  const kept: Block[] = [];
  for (const block of blocks) {
    if (lengthOf([...kept, block]) > most - 1000) {
      break;
    }
    kept.push(block);
  }
  while (kept.length > 1 && kept.at(-1)?.kind === undefined) {
    kept.pop();
  }
  const left = blocks.slice(kept.length).filter(({ kind }) => kind !== undefined);
  const kinds = [...new Set(left.map(({ kind }) => kind))].map((kind) => {
    const count = left.filter((block) => block.kind === kind).length;
    return count === 1 ? kind : `${count} ${kind}`;
  });
  return joined([
    ...kept,
    {
      text: `**Cut, since GitHub takes no longer comment.** Left out: ${kinds.join(", ")}. The whole report: \`--format html\`.`,
    },
  ]);
}

interface Block {
  readonly text: string;
  /** What is missing without it, in the plural.
   * @default - nothing that is counted */
  readonly kind?: string;
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length + 2, 0);
}

function joined(blocks: readonly Block[]): string {
  return `${blocks.map(({ text }) => text).join("\n\n")}\n`;
}

function blocksOf(report: Report, lines: number): Block[] {
  const { stacks, dangers, access, silenced, drift, changes, noise } = report;
  const place = (address: string, stack: string) => `${code(short(address, lines))} in ${code(stack)}`;
  return [
    { text: `${marker}\n## Plan review` },
    {
      kind: "tables of stacks",
      text: isEmpty(report) ? `Nothing to do: ${stacks.map(({ stack }) => code(stack)).join(", ")}.` : verdicts(report),
    },
    ...titled(
      "### Danger",
      dangers.map(({ severity, rule, stack, address, what, workloads, forcedBy, silence }) => ({
        kind: "dangers",
        text: [
          `- ${mark(severity)} ${place(address, stack)}: **${prose(what)}** (${code(rule)})`,
          ...(workloads === undefined ? [] : [`  - workloads: ${prose(workloads)}`]),
          ...(forcedBy.length === 0 ? [] : [`  - forced by ${forcedBy.map(code).join(", ")}`]),
          ...(silence === undefined ? [] : [`  - was silenced until ${silence.until}: ${prose(silence.reason)}`]),
        ].join("\n"),
      })),
    ),
    ...titled(
      "### Access that changes",
      byAddress(access).map(({ stack, address, findings }) => ({
        kind: "addresses whose access changes",
        text: `${place(address, stack)} (${code(rulesOf(findings))})\n\n${firstLines(findings.slice(0, lines).map(accessLine), findings.length, lines)}`,
      })),
    ),
    ...titled(
      "### Silenced",
      silenced.map(({ stack, address, what, silence }) => ({
        kind: "silenced findings",
        text: `- ${place(address, stack)}: ${prose(what)}; until ${silence?.until}: ${prose(silence?.reason ?? "")}`,
      })),
    ),
    ...titled(
      "### Drift: changed outside of Terraform",
      drift.map((one) => ({ kind: "drifts", text: driftText(one, lines) })),
    ),
    ...changes.flatMap(({ stack, constructs, outputs }) =>
      titled(`### Changes of ${code(stack)}`, [
        ...constructs.flatMap(({ changes: all }) =>
          all.map((change) => ({ kind: "changes", text: changeText(change, lines) })),
        ),
        ...(outputs.length === 0
          ? []
          : [
              {
                kind: "outputs",
                text: folded(
                  "outputs",
                  outputs.flatMap((output) => partText(output, lines)),
                ),
              },
            ]),
      ]),
    ),
    ...(noise.length === 0
      ? []
      : [
          {
            kind: "noise",
            text: folded(
              `Noise: ${noise.length}`,
              byReason(noise).map(
                ({ stack, why, places }) => `- ${code(stack)}: ${prose(why)}: ${places.map(code).join(", ")}`,
              ),
            ),
          },
        ]),
  ];
}

function titled(title: string, blocks: readonly Block[]): Block[] {
  return blocks.length === 0 ? [] : [{ text: title }, ...blocks];
}

function verdicts({ stacks }: Report): string {
  const rows = stacks.map((stack) => {
    const worst = stack.worst === undefined ? [] : [`**${prose(cut(stack.worst))}**`];
    const others = remarks(stack).map((remark) => prose(cut(remark)));
    return [code(stack.stack), countWords(stack), [...worst, ...others].join("<br>")];
  });
  return [
    "| stack | plan | worst |",
    "| --- | --- | --- |",
    ...rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`),
  ].join("\n");
}

function changeText(change: Change, lines: number): string {
  const { sign, facts } = changeWords(change);
  const { address, summary, parts, unknown, action } = change;
  const title = `${sign} ${short(address, lines)}${summary === undefined ? "" : `: ${summary}`}`;
  return folded(title, [
    ...facts.map((fact) => `- ${prose(fact)}`),
    ...(action === "forget" ? [] : parts.flatMap((part) => partText(part, lines))),
    ...(unknown.length === 0 ? [] : [`known after apply: ${unknown.map(code).join(", ")}`]),
  ]);
}

function mark(severity: Severity): string {
  return severity === "danger" ? "🛑" : "⚠️";
}

function driftText({ stack, address, why, unsafe, parts }: Drift, lines: number): string {
  const { silence } = unsafe ?? {};
  const head = [
    ...(unsafe ? [mark(unsafe.severity)] : []),
    `${code(short(address, lines))} in ${code(stack)}: ${prose(why)}`,
    ...(unsafe ? [`(${code(unsafe.rule)})`] : []),
    ...(silence
      ? [`${silence.expired ? "was silenced" : "silenced"} until ${silence.until}: ${prose(silence.reason)}`]
      : []),
  ].join(" ");
  return [head, ...parts.flatMap((part) => partText(part, lines))].join("\n\n");
}

/** GitHub shows `!` in orange: green would be wrong for what widens, and red for what narrows. */
function accessLine({ direction, severity, what }: Finding): string {
  const words = direction === "narrower" ? "  narrower:" : severity === "danger" ? "! danger:" : "! wider:";
  return `${words} ${visibleLine(what)}`;
}

function partText({ title, lines: all }: Part, lines: number): string[] {
  return [...(title === "" ? [] : [code(title)]), firstLines(diffLines(all.slice(0, lines)), all.length, lines)];
}

/** The first lines of a diff, each short, and how many of all there are more. */
function firstLines(first: readonly string[], all: number, lines: number): string {
  const more = all > lines ? [`  … ${all - lines} more lines`] : [];
  return fenced([...first.map((line) => short(line, lines)), ...more]);
}

/** Text as it is while everything fits. */
function short(text: string, lines: number): string {
  return Number.isFinite(lines) ? cut(text) : text;
}
