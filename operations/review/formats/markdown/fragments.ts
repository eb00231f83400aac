import type { Finding, Noise, Report } from "../../report/report";
import { alikeChanges } from "../alike";
import { isEmpty } from "../verdict-wording";
import { byAddress, byReason, type FoundAt, rulesOf, silencedUntil } from "../wording";
import { accessDiff, alikeText, changeText, driftText, outputsText } from "./changes";
import { code, collapsible, location, prose, severityIcon } from "./text";
import { verdictTable } from "./verdicts";

/** A piece of Markdown that can be left out. */
export interface Fragment {
  readonly text: string;
  /** What is missing without it, in the plural.
   * @default - nothing that is counted */
  readonly kind?: string;
}

/** Returns a report in pieces, and before those of each section its title. */
export function fragmentsOf(report: Report, mostLines: number): Fragment[] {
  const { notes = [], stacks, dangers, access, silenced, drift, changes, noise } = report;
  const idle = `Nothing to do: ${stacks.map(({ stack }) => code(stack)).join(", ")}.`;
  const collected = <Item>(kind: string, items: readonly Item[], textOf: (item: Item) => string) =>
    items.map((item) => ({ kind, text: textOf(item) }));
  return [
    ...notes.map((note) => ({ text: prose(note) })),
    { kind: "tables of stacks", text: isEmpty(report) ? idle : verdictTable(stacks) },
    ...titled(
      "### Danger",
      collected("dangers", dangers, (finding) => dangerText(finding, mostLines)),
    ),
    ...titled(
      "### Access that changes",
      collected("addresses whose access changes", byAddress(access), (found) => accessText(found, mostLines)),
    ),
    ...titled(
      "### Silenced",
      collected("silenced findings", silenced, (finding) => silencedText(finding, mostLines)),
    ),
    ...titled(
      "### Drift: changed outside of Terraform",
      collected("drifts", drift, (one) => driftText(one, mostLines)),
    ),
    ...changes.flatMap(({ stack, constructs, outputs }) => {
      const { alike, others } = alikeChanges(constructs);
      return titled(`### Changes of ${code(stack)}`, [
        ...collected("changes that several resources have", alike, alikeText),
        ...collected(
          "changes",
          others.flatMap((construct) => construct.changes),
          (change) => changeText(change, mostLines),
        ),
        ...(outputs.length === 0 ? [] : [{ kind: "outputs", text: outputsText(outputs, mostLines) }]),
      ]);
    }),
    ...(noise.length === 0 ? [] : [{ kind: "noise", text: noiseText(noise) }]),
  ];
}

function titled(title: string, fragments: readonly Fragment[]): Fragment[] {
  return fragments.length === 0 ? [] : [{ text: title }, ...fragments];
}

/** Returns a finding with all that is known of it, as an item of a list. */
export function dangerText(finding: Finding, mostLines: number): string {
  const { severity, rule, stack, address, what, workloads, evidence = [], forcedBy, silence } = finding;
  return [
    `- ${severityIcon(severity)} ${location(address, stack, mostLines)}: **${prose(what)}** (${code(rule)})`,
    ...(evidence.length === 0 ? [] : [`  - ${evidence.map(code).join(", ")}`]),
    ...(workloads === undefined ? [] : [`  - workloads: ${prose(workloads)}`]),
    ...(forcedBy.length === 0 ? [] : [`  - forced by ${forcedBy.map(code).join(", ")}`]),
    ...(silence === undefined ? [] : [`  - ${silencedUntil(silence)}: ${prose(silence.reason)}`]),
  ].join("\n");
}

function accessText({ stack, address, findings }: FoundAt, mostLines: number): string {
  return `${location(address, stack, mostLines)} (${code(rulesOf(findings))})\n\n${accessDiff(findings, mostLines)}`;
}

function silencedText({ stack, address, what, silence }: Finding, mostLines: number): string {
  return `- ${location(address, stack, mostLines)}: ${prose(what)}; until ${silence?.until}: ${prose(silence?.reason ?? "")}`;
}

function noiseText(noise: readonly Noise[]): string {
  return collapsible(
    `Noise: ${noise.length}`,
    byReason(noise).map(
      ({ stack, why, attributes }) => `- ${code(stack)}: ${prose(why)}: ${attributes.map(code).join(", ")}`,
    ),
  );
}
