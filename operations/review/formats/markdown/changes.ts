import { visibleLine } from "../../../../platform/visible-text";
import type { Change, Drift, Finding, ReportedAttribute } from "../../report/report";
import type { AlikeChanges } from "../alike";
import { changeFacts, changeSign, factText, printedDiff, silencedUntil } from "../wording";
import { code, collapsible, fenced, location, prose, severityIcon, shortened } from "./text";

export function changeText(change: Change, mostLines: number): string {
  const { address, summary } = change;
  const title = `${changeSign(change)} ${shortened(address, mostLines)}${summary === undefined ? "" : `: ${summary}`}`;
  return collapsible(title, changeContent(change, mostLines));
}

/** Returns what a change's title does not say, in blocks. */
export function changeContent(change: Change, mostLines: number): string[] {
  const { parts, unknown, action } = change;
  return [
    ...changeFacts(change).map((fact) => `- ${prose(factText(fact))}`),
    ...(action === "forget" ? [] : parts.flatMap((attribute) => attributeBlocks(attribute, mostLines))),
    ...(unknown.length === 0 ? [] : [`known after apply: ${unknown.map(code).join(", ")}`]),
  ];
}

export function alikeText({ summary, addresses }: AlikeChanges): string {
  return collapsible(`~ ${addresses.length} resources: ${summary}`, [addresses.map(code).join(", ")]);
}

export function outputsText(outputs: readonly ReportedAttribute[], mostLines: number): string {
  return collapsible(
    "outputs",
    outputs.flatMap((output) => attributeBlocks(output, mostLines)),
  );
}

export function driftText({ stack, address, why, unsafe, parts }: Drift, mostLines: number): string {
  const head = [
    ...(unsafe ? [severityIcon(unsafe.severity)] : []),
    `${location(address, stack, mostLines)}: ${prose(why)}`,
    ...(unsafe ? [`(${code(unsafe.rule)})`] : []),
    ...(unsafe?.silence ? [`${silencedUntil(unsafe.silence)}: ${prose(unsafe.silence.reason)}`] : []),
  ].join(" ");
  return [head, ...parts.flatMap((attribute) => attributeBlocks(attribute, mostLines))].join("\n\n");
}

/** Returns what changes in the access to one address, as a diff, for its colours. */
export function accessDiff(findings: readonly Finding[], mostLines: number): string {
  return firstLines(findings.slice(0, mostLines).map(accessLine), findings.length, mostLines);
}

/** GitHub shows `!` in orange: green would be wrong for what widens, and red for what narrows. */
function accessLine({ direction, severity, what }: Finding): string {
  const text = visibleLine(what);
  if (direction === "narrower") {
    return `  narrower: ${text}`;
  }
  return severity === "danger" ? `! danger: ${text}` : `! ${direction ?? "wider"}: ${text}`;
}

function attributeBlocks({ title, lines }: ReportedAttribute, mostLines: number): string[] {
  const diff = firstLines(printedDiff(lines.slice(0, mostLines)), lines.length, mostLines);
  return title === "" ? [diff] : [code(title), diff];
}

/** Returns the first lines of a diff, each shortened, and how many of `all` are left out. */
function firstLines(first: readonly string[], all: number, mostLines: number): string {
  const more = all > mostLines ? [`  … ${all - mostLines} more lines`] : [];
  return fenced([...first.map((line) => shortened(line, mostLines)), ...more]);
}
