import { createColors } from "picocolors";
import wrapAnsi from "wrap-ansi";
import { visibleLine } from "../../../../platform/visible-text";
import type { Finding, Severity } from "../../report/report";
import { silencedUntil } from "../wording";

export interface TerminalOptions {
  /** Columns. */
  readonly width: number;
  readonly colour: boolean;
}

/** The width of the terminal, and functions that colour text, or leave it as it is. */
export type Style = Pick<ReturnType<typeof createColors>, "bold" | "dim" | "red" | "green" | "yellow" | "cyan"> & {
  /** Columns. */
  readonly width: number;
};

export function styleOf({ width, colour }: TerminalOptions): Style {
  return { ...createColors(colour), width };
}

/** Wraps a text between words, since an address that is broken can be neither read nor copied, and indents its lines by so many columns. */
export function paragraph({ width }: Style, indent: number, text: string): string {
  const space = Math.max(width - indent, 20);
  // Most texts fit, and to wrap them would be half of the time that a large report takes.
  const lines = text.length <= space ? text : wrapAnsi(text, space);
  return lines.replaceAll(/^/gm, " ".repeat(indent));
}

/** Returns two columns that show a severity. */
export function severityMark({ red, yellow }: Style, severity: Severity): string {
  return severity === "danger" ? red("!!") : yellow("! ");
}

/** Returns the line about a silence; none if there is no silence. */
export function silenceLines(style: Style, silence: Finding["silence"]): string[] {
  return silence === undefined
    ? []
    : [paragraph(style, 5, `${silencedUntil(silence)}: ${visibleLine(silence.reason)}`)];
}
