import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CommandError } from "../../command/failure";
import { runProgram } from "../../command/run-program";
import type { FailOn } from "../fail-on";
import type { Outcome } from "./outcomes";

/** What the program `review-plan.ts` is told, beside the plan. */
export interface PlanReviewRequest {
  /** The workspace's name. */
  readonly stack: string;
  readonly run: string;
  readonly failOn: FailOn;
  /** A file; nothing for the usual one, if that is there. */
  readonly silences: string | undefined;
  readonly wantsPage: boolean;
}

/** What came of a review. */
export interface PlanReview {
  readonly failed: boolean;
  /** One line. */
  readonly message: string;
  readonly outcomes: readonly Outcome[];
}

/** Names of files in the folder of one review. */
export const planReviewFiles = { plan: "plan.json", request: "request.json", result: "result.json", page: "page.html" };

/** What runs a plan's review, by paths from the project's folder. */
export const reviewProgram = {
  runner: join("scripts", "run.mjs"),
  source: "operations/review/serve/review-plan.ts",
};

/** Milliseconds. */
const longestReview = 480_000;

/** Megabytes of V8's heap. A plan of 100 MB is reviewed with 256. */
const mostMemory = 2_048;

/**
 * Reviews the plan in a folder by a program of its own: a large plan takes memory and seconds, in which this one would answer nobody.
 * @param memory - megabytes that it may take
 * @throws CommandError if it cannot be reviewed; an AbortError if the signal ends it
 */
export async function planReview(
  folder: string,
  request: PlanReviewRequest,
  signal: AbortSignal,
  memory = mostMemory,
): Promise<PlanReview> {
  writeFileSync(join(folder, planReviewFiles.request), JSON.stringify(request), { mode: 0o600 });
  const deadline = AbortSignal.timeout(longestReview);
  const { runner, source } = reviewProgram;
  const words = [`--max-old-space-size=${memory}`, runner, source, folder];
  const { code, errors } = await runProgram(process.execPath, words, {
    signal: AbortSignal.any([signal, deadline]),
    endedBy: "signal",
  }).catch((thrown: unknown) => {
    throw deadline.aborted && !signal.aborted ? new CommandError("the review took longer than eight minutes") : thrown;
  });
  if (code !== 0) {
    const [first = ""] = errors.split("\n");
    const why = first.startsWith("error: ")
      ? first.slice("error: ".length)
      : `its program ended with ${code ?? "a signal"}`;
    throw new CommandError(why);
  }
  return JSON.parse(readFileSync(join(folder, planReviewFiles.result), "utf8"));
}
