import { shortLine } from "../../platform/visible-text";
import { isDebug } from "./debug";
import { CommandError, type ExitCode, errorOf } from "./failure";

/** Text for an error that ended a command, and the code that the command ends with. */
export interface ErrorReport {
  readonly text: string;
  readonly exitCode: ExitCode;
}

/** Says what failed and what to do next. Only an error that nobody foresaw, or `--debug`, shows where it happened. */
export function errorReport(thrown: unknown): ErrorReport {
  const error = errorOf(thrown);
  const exitCode = error instanceof CommandError ? error.exitCode : 1;
  const next = nextStep(error);
  const stack = isForeseen(error) && !isDebug() ? [] : stackLines(error);
  const lines = [
    `error: ${messageLines(error) || error.name}`,
    ...stack,
    ...(next === undefined ? [] : [`  next: ${shortLine(next)}`]),
  ];
  return { text: `${lines.join("\n")}\n`, exitCode };
}

/** Returns an error's message. It may quote what another program printed: no line of that may look like one of ours. */
function messageLines(error: Error): string {
  const [first = "", ...rest] = error.message.split("\n").map(shortLine);
  const isQuoted = (line: string) => !(error instanceof CommandError) || /^\s*(?:error|next):/.test(line);
  return [first, ...rest.map((line) => (isQuoted(line) ? `| ${line}` : line))].join("\n");
}

/** What an error that nobody foresaw asks of people. */
export const reportIt =
  "this is a mistake in this program: report it as an issue of this repository, with these lines and what --version says";

export interface ErrorSummary {
  readonly found: string;
  /**
   * What to type or do next.
   * @default - the message says it
   */
  readonly next?: string;
}

/** Returns what to say of an error in a line, where others are told beside it. */
export function errorSummary(thrown: unknown): ErrorSummary {
  const error = errorOf(thrown);
  const place = isForeseen(error) ? undefined : placeOfError(error);
  if (place !== undefined && isDebug()) {
    process.stderr.write(errorReport(error).text);
  }
  const next = nextStep(error);
  return {
    found: place === undefined ? error.message : `${error.name}: ${error.message} (${place})`,
    ...(next === undefined ? {} : { next }),
  };
}

/** Returns where an error was thrown, by the place in our sources: `operations/verify/check.ts:57:11`. */
export function placeOfError(error: Error): string | undefined {
  const [first = ""] = stackLines(error);
  return /\(?([^\s()]+:\d+:\d+)\)?$/.exec(first)?.[1];
}

/** Returns whether people can do something about an error: one of ours, or of the system's such as a missing file or a full disk. */
export function isForeseen(error: Error): boolean {
  return error instanceof CommandError || ("syscall" in error && "code" in error);
}

function nextStep(error: Error): string | undefined {
  if (error instanceof CommandError) {
    return error.next;
  }
  return isForeseen(error) ? undefined : reportIt;
}

/** Returns the stack of an error, and of those that caused it, without its message and with paths from here. */
function stackLines(error: Error): string[] {
  const { cause, message, stack = "" } = error;
  // A line of the message, which others may have written, must not look like a place.
  const frames = stack.slice(Math.max(stack.indexOf(message), 0) + message.length).split("\n");
  const here = frames
    .filter((line) => /^\s+at /.test(line))
    .map((line) => `    ${shortLine(line.trim().replaceAll(`${process.cwd()}/`, ""))}`);
  return cause instanceof Error
    ? [...here, `  caused by ${shortLine(cause.name)}: ${messageLines(cause)}`, ...stackLines(cause)]
    : here;
}
