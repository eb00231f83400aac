import { shortLine } from "../../../../platform/visible-text";
import type { Change, Drift, ReportedAttribute } from "../../report/report";
import type { AlikeChanges } from "../alike";
import { changeFacts, changeSign, factText, printedDiff } from "../wording";
import { paragraph, type Style, severityMark, silenceLines } from "./style";

/** Lines of an attribute that is all new, or goes as a whole; the rest is counted, since it is read where it is written. */
const mostOfOneSign = 30;

/** Returns the lines of what happens to a resource. */
export function changeLines(style: Style, change: Change): string[] {
  const { bold, dim } = style;
  const { action, address, summary, parts, unknown } = change;
  const text = (line: string) => paragraph(style, 6, shortLine(line));
  return [
    `    ${signColour(style, action)(changeSign(change))} ${bold(shortLine(address))}`,
    ...changeFacts(change).map((fact) => paragraph(style, 6, dim(shortLine(factText(fact))))),
    ...(summary === undefined ? [] : [text(summary)]),
    ...(action === "delete" || action === "forget"
      ? parts.filter(({ title }) => title !== "").map(({ title }) => text(title))
      : parts.flatMap((attribute) => attributeLines(style, attribute))),
    ...(unknown.length === 0 ? [] : [paragraph(style, 6, dim(`known after apply: ${shortLine(unknown.join(", "))}`))]),
  ];
}

/** Returns the line of what happens to several resources alike. */
export function alikeLines(style: Style, { action, summary, addresses }: AlikeChanges): string[] {
  return [
    paragraph(style, 2, `${signColour(style, action)("~")} ${addresses.length} resources: ${shortLine(summary)}`),
  ];
}

/** Returns the lines of what happened to a resource outside of Terraform. */
export function driftLines(style: Style, { stack, address, why, unsafe, parts }: Drift): string[] {
  const { bold, dim } = style;
  const mark = unsafe ? severityMark(style, unsafe.severity) : "  ";
  const aside = unsafe ? `${stack} ${unsafe.rule}` : stack;
  return [
    `  ${mark} ${bold(shortLine(address))} ${dim(shortLine(aside))}`,
    paragraph(style, 5, shortLine(why)),
    ...silenceLines(style, unsafe?.silence),
    ...parts.flatMap((attribute) => attributeLines(style, attribute)),
  ];
}

export function outputsLines(style: Style, outputs: readonly ReportedAttribute[]): string[] {
  // The lines of an output begin with its name.
  return ["  outputs", ...outputs.flatMap((output) => attributeLines(style, { ...output, title: "" }))];
}

function signColour({ red, green, yellow }: Style, action: Change["action"]): (text: string) => string {
  switch (action) {
    case "create":
      return green;
    case "update":
      return yellow;
    default:
      return red;
  }
}

function attributeLines(style: Style, { title, lines }: ReportedAttribute): string[] {
  const { bold, dim } = style;
  const [first] = lines;
  const isOneSign = first !== undefined && /[+-]/.test(first.sign) && lines.every(({ sign }) => sign === first.sign);
  const kept = isOneSign ? lines.slice(0, mostOfOneSign) : lines;
  const rest = lines.length - kept.length;
  return [
    ...(title === "" ? [] : [`      ${bold(shortLine(title))}`]),
    ...printedDiff(kept).map((line) => `      ${lineColour(style, line)(shortLine(line))}`),
    ...(rest > 0 ? [dim(`      … ${rest} more lines: --format html shows them`)] : []),
  ];
}

function lineColour({ red, green, cyan, dim }: Style, line: string): (text: string) => string {
  switch (line.charAt(0)) {
    case "+":
      return green;
    case "-":
      return red;
    case "@":
      return cyan;
    default:
      return line.startsWith("  …") ? dim : String;
  }
}
