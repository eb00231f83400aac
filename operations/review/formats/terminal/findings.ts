import { visibleLine } from "../../../../platform/visible-text";
import type { Finding } from "../../report/report";
import { type FoundAt, rulesOf } from "../wording";
import { paragraph, type Style, severityMark, silenceLines } from "./style";

/** Returns the lines of a finding that is no access, or that is silenced. */
export function dangerLines(style: Style, finding: Finding): string[] {
  const { severity, rule, address, stack, what, workloads, evidence = [], forcedBy, silence } = finding;
  const { bold, dim, red } = style;
  return [
    `  ${severityMark(style, severity)} ${bold(visibleLine(address))} ${dim(visibleLine(`${stack} ${rule}`))}`,
    paragraph(style, 5, severity === "danger" ? red(visibleLine(what)) : visibleLine(what)),
    ...evidence.map((text) => paragraph(style, 5, visibleLine(text))),
    ...(workloads === undefined ? [] : [paragraph(style, 5, `workloads: ${visibleLine(workloads)}`)]),
    ...(forcedBy.length === 0 ? [] : [paragraph(style, 5, `forced by: ${visibleLine(forcedBy.join(", "))}`)]),
    ...silenceLines(style, silence),
  ];
}

/** Returns the lines of what changes in the access to one address. */
export function accessLines(style: Style, { address, stack, findings }: FoundAt): string[] {
  const { bold, dim } = style;
  return [
    `  ${bold(visibleLine(address))} ${dim(visibleLine(`${stack} ${rulesOf(findings)}`))}`,
    ...findings.map((finding) => paragraph(style, 5, `${accessMark(style, finding)} ${visibleLine(finding.what)}`)),
  ];
}

function accessMark({ red, green, yellow }: Style, { direction, severity }: Finding): string {
  if (direction === "narrower") {
    return green("-");
  }
  return severity === "danger" ? red("!!") : yellow(direction === "lost" ? "-" : "+");
}
