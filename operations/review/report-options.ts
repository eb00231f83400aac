import { isAbsolute, relative, resolve } from "node:path";
import { type Command, Option } from "commander";

import { type FailOn, levels } from "./fail-on";

/** How a report is wanted. */
export interface ReportRequest {
  readonly format: Format;
  /** A file; nothing for standard output. */
  readonly output: string | undefined;
  readonly failOn: FailOn;
  /** A file; nothing for the usual one, if that is there. */
  readonly silences: string | undefined;
}

const formats = ["terminal", "markdown", "html", "json"] as const;
export type Format = (typeof formats)[number];

/** Adds the options by which a report is asked for, which give a `ReportRequest`. */
export function addReportOptions(command: Command): Command {
  return command
    .addOption(new Option("--format <FORMAT>", "form of the report").choices(formats).default("terminal"))
    .option("--output <FILE>", "where the report is written, for its owner alone; default: standard output", fileNamed)
    .addOption(
      new Option("--fail-on <LEVEL>", "what ends with 2; each level takes in those before it")
        .choices([...levels, "never"])
        .default("danger"),
    )
    .option("--silences <FILE>", "findings to silence; default: plan-review-silences.yaml, if there is one", fileNamed);
}

/** Returns a file by the name that somebody gave it: npm starts programs in the project's folder, and says where it was called. */
export function fileNamed(name: string): string {
  return isAbsolute(name) ? name : relative("", resolve(process.env["INIT_CWD"] ?? "", name));
}
