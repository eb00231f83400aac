import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";

import { stackParts } from "../../platform/parts";
import { shortLine, visibleJson } from "../../platform/visible-text";
import { componentTitles } from "../../releases/release";
import type { UpgradePlan, UpgradeStep } from "./upgrade-plan";
import type { WrittenRelease } from "./write-release";

export interface TextOptions {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

type Style = ReturnType<typeof createColors> & Pick<TextOptions, "width">;

/** Returns the way of a cluster, step by step, as people read it. */
export function upgradeText(plan: UpgradePlan, options: TextOptions): string {
  const { cluster, from, to, steps } = plan;
  const style = { ...createColors(options.colour), width: options.width };
  if (steps.length === 0) {
    return `settings.ts has ${cluster} on release ${to} already; npm run upgrade -- ${cluster} --check says whether the cluster has it, too, or what is next\n`;
  }
  const count =
    steps.length === 1 ? "one step" : `${steps.length} steps: ${steps.map((step) => step.to).join(", then ")}`;
  const header = [
    `${cluster}: from release ${from}, which settings.ts has, to ${to}, in ${count}`,
    ...(steps.length === 1
      ? []
      : ["Each is an upgrade of its own: take the next one when verify holds after the last."]),
  ];
  const texts = steps.map((step, index) => stepText(style, step, `step ${index + 1} of ${steps.length}`));
  return `${[header.join("\n"), ...texts].join("\n\n")}\n`;
}

/** Returns the same for another program, with what was written, or null. */
export function upgradeJson(plan: UpgradePlan, written: WrittenRelease | null): string {
  return `${visibleJson({ ...plan, written }, 2)}\n`;
}

function stepText(style: Style, step: UpgradeStep, title: string): string {
  const { from, to, rollouts, back, faults, commands } = step;
  const list = (sentences: readonly string[]) => sentences.flatMap((sentence) => paragraph(style, 2, `- ${sentence}`));
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ["What changes", versionLines(step)],
    ["How long that is supported", supportLines(style, step)],
    ["What plans show", stackLines(style, step)],
    [
      "What rolls, in this order, and what is not there meanwhile",
      rollouts.flatMap(({ what, begins, effect, source }) => [
        `  ${style.bold(what)}, ${begins}:`,
        ...paragraph(style, 4, `${effect} ${style.dim(`(${source})`)}`),
      ]),
    ],
    ["What can go back", list(back)],
    ["What is known to be wrong with it", list(faults)],
    ["What upstream asks of you", noteLines(style, step)],
    [
      "What to type",
      commands.flatMap((group) => [
        ...wrapped(style, 4, group.about).map((line) => style.dim(`  # ${line}`)),
        ...group.commands.map((command) => `  ${shortLine(command)}`),
      ]),
    ],
  ];
  return [
    style.bold(`${title}: ${from} -> ${to}`),
    ...sections.filter(([, lines]) => lines.length > 0).map(([heading, lines]) => [heading, ...lines].join("\n")),
  ].join("\n\n");
}

/** Returns what upstream asks; where nobody has read its notes, where they are, since that it asks nothing is not known. */
function noteLines(style: Style, { notes, unread }: UpgradeStep): string[] {
  const lines = [
    ...notes.flatMap(({ component, version, asks, source }) => [
      `  ${style.bold(`${componentTitles[component]} ${version}`)}`,
      ...paragraph(style, 4, `${asks} ${style.dim(`(${source})`)}`),
    ]),
    ...unread.flatMap(({ component, after, upTo, where }) => [
      `  ${style.bold(`${componentTitles[component]} ${after} -> ${upTo}`)}`,
      ...paragraph(style, 4, `not looked up here: read ${where}`),
    ]),
  ];
  return lines.length === 0 ? ["  nothing that matters here"] : lines;
}

function versionLines({ components, unchanged, providers }: UpgradeStep): string[] {
  const same = unchanged.map((component) => componentTitles[component]).join(", ");
  return [
    ...columns(components.map(({ component, from, to }) => [componentTitles[component], from, `-> ${to}`])),
    ...columns(providers.map(({ provider, from, to }) => [`Terraform's provider ${provider}`, from, `-> ${to}`])),
    ...(same === "" ? [] : [`  as before: ${same}`]),
  ];
}

function supportLines(style: Style, { support }: UpgradeStep): string[] {
  return support.flatMap(({ component, version, released, supportedUntil }) =>
    paragraph(
      style,
      2,
      `${componentTitles[component]} ${version}: came out ${released}, supported until ${supportedUntil}`,
    ),
  );
}

/** Returns rows with the cells below each other. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function stackLines(style: Style, { stacks }: UpgradeStep): string[] {
  return stackParts.flatMap((part) => {
    const changes = stacks.filter(({ stack }) => stack === part);
    const lines = changes.flatMap(({ address, change }) => paragraph(style, 4, `${address}: ${change}`));
    return lines.length === 0 ? [] : [`  ${style.bold(part)}`, ...lines];
  });
}

function paragraph(style: Style, indent: number, text: string): string[] {
  return wrapped(style, indent, text).map((line) => `${" ".repeat(indent)}${line}`);
}

function wrapped({ width }: Style, indent: number, text: string): string[] {
  return wrapAnsi(text, Math.max(width - indent, 40)).split("\n");
}
