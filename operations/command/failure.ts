import { isNativeError } from "node:util/types";

import { shortMessage } from "../../platform/visible-text";
import { type Call, callText } from "./call";

/** 1: the command failed. 2: it did what it should, and found something. 130: somebody interrupted it, as shells say it of Ctrl-C. */
export type ExitCode = 1 | 2 | 130;

export interface CommandErrorOptions extends ErrorOptions {
  /**
   * What to type or do next.
   * @default - the message says it
   */
  readonly next?: string;

  /**
   * What the command ends with.
   * @default 1
   */
  readonly exitCode?: ExitCode;
}

/** An error that whoever typed the command can do something about. It is shown without a stack. */
export class CommandError extends Error {
  readonly next: string | undefined;

  readonly exitCode: ExitCode;

  constructor(message: string, { next, exitCode = 1, ...options }: CommandErrorOptions = {}) {
    super(message, options);
    this.next = next;
    this.exitCode = exitCode;
  }
}

/** Why something could not be asked. */
export type FailureKind =
  | "no credentials"
  | "wrong account"
  | "somebody else's"
  | "no cluster"
  | "no state"
  | "denied"
  | "unreachable"
  | "unauthorized"
  | "forbidden"
  | "nothing there"
  | "terraform"
  | "unexpected";

export interface FailureOptions extends ErrorOptions {
  /**
   * Milliseconds after which the same call may succeed, which is then made again (`patience.ts`).
   * @default - asking again is of no use
   */
  readonly retryAfter?: number;
}

/** Something could not be asked, for a reason that has a name. */
export class Failure extends CommandError {
  declare readonly next: string;

  readonly retryAfter: number | undefined;

  /** @param next - what most probably helps */
  constructor(
    readonly kind: FailureKind,
    message: string,
    next: string,
    { retryAfter, ...options }: FailureOptions = {},
  ) {
    super(message, { ...options, next });
    this.retryAfter = retryAfter;
  }
}

/** Returns what was thrown as an error, which JavaScript does not ask of it. */
export function errorOf(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(String(thrown));
}

/** Returns whether something is an error; those of Node's own modules are of another class where sources run in a context, as in tests. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || isNativeError(thrown);
}

/** Returns what to throw of something that was thrown while a call was made. A mistake of our own stays what it is. */
export function failureOf(thrown: unknown, call: Call, options: Pick<FailureOptions, "retryAfter"> = {}): Error {
  if (thrown instanceof CommandError || isOwnMistake(thrown)) {
    return thrown;
  }
  const { message, cause } = errorOf(thrown);
  return new Failure(
    "unexpected",
    `${callText(call)}: ${shortMessage(message)}`,
    "try again; if it stays, look at the service's health",
    { cause: cause ?? thrown, ...options },
  );
}

/** Returns whether the program is wrong, and not what it was told: the SDK marks what it makes of answers, fetch names a cause. */
function isOwnMistake(thrown: unknown): thrown is Error {
  return (
    (thrown instanceof TypeError || thrown instanceof ReferenceError || thrown instanceof RangeError) &&
    !("$metadata" in thrown) &&
    thrown.cause === undefined
  );
}

/** Codes of a connection that broke, within an answer too. */
const cutCodes = new Set(["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE", "UND_ERR_SOCKET"]);

/** Codes of a connection that was never made, or broke. */
const networkCodes = new Set([
  ...cutCodes,
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "UND_ERR_BODY_TIMEOUT",
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
]);

/** Returns the code of a network error, if it is one, however deep it was wrapped. */
export function networkError(thrown: unknown): string | undefined {
  if (!isError(thrown)) {
    return undefined;
  }
  const code = "code" in thrown ? String(thrown.code) : "";
  // Somebody between ends connections before TLS: the code is that of one that was made and broke, which would be asked again.
  if (/before secure TLS connection/.test(thrown.message)) {
    return "no TLS connection";
  }
  if (networkCodes.has(code)) {
    return code;
  }
  if (thrown.name === "TimeoutError" || thrown.name === "AbortError") {
    return "no answer in time";
  }
  return networkError(thrown.cause);
}

/** Returns whether the code of a network error is of a connection that broke, and not of one that was never made. */
export function isCut(code: string): boolean {
  return cutCodes.has(code);
}

/** Returns that a call may be made again at once, if its connection broke. */
export function retryOfCut(code: string): Pick<FailureOptions, "retryAfter"> {
  return isCut(code) ? { retryAfter: 0 } : {};
}

/** Returns what to do where a service of the internet does not answer. In a world's shell (`npm run world -- env`) none is asked. */
export function whenUnreachable(): string {
  const world = process.env["REHEARSAL_WORLD"];
  return world
    ? `this shell is in the world in ${world}, which may have ended: npm run world -- up ${world}, or use another shell`
    : "check the way to the internet";
}
