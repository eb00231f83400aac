import { endingSignals } from "../../platform/signals";
import { CommandError } from "./failure";
import { endPatience, restorePatience } from "./patience";

/**
 * Does something that Ctrl-C, and the like, end through a signal, so that it can tidy up.
 * @param words - of the CommandError that is thrown then, whatever the work itself throws
 */
export async function interruptible<Result>(
  words: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  restorePatience();
  let since: number | undefined;
  const interrupt = () => {
    since ??= Date.now();
    interruption.abort(new CommandError(words, { exitCode: 130 }));
    endPatience();
    // Somebody who asks again will not wait. At once it is no second one: npm passes on what the terminal has sent already.
    if (Date.now() - since > 1_000) {
      process.exit(130);
    }
  };
  for (const signal of endingSignals) {
    process.on(signal, interrupt);
  }
  try {
    return await work(interruption.signal);
  } catch (thrown) {
    // What waited throws AbortErrors of its own.
    interruption.signal.throwIfAborted();
    throw thrown;
  } finally {
    for (const signal of endingSignals) {
      process.off(signal, interrupt);
    }
  }
}

/** Ends the program when somebody asks for it, where there is nothing to tidy up; what is removed at the exit is. */
export function endOnInterruption(exitCode: number): void {
  for (const signal of endingSignals) {
    process.on(signal, () => process.exit(exitCode));
  }
}
