import { endingSignals } from "../../platform/signals";
import { CommandError } from "./failure";
import { endPatience, restorePatience } from "./patience";

/** Milliseconds within which a signal is no new one: npm passes on what the terminal has sent already. */
const sameSignal = 1_000;

/** What an end at once would leave behind, by what is running. */
const unfinished = new Set<string>();

/**
 * Does something that takes its time to end after an interruption, and leaves something behind if nobody waits for that.
 * @param what - is running: `terraform apply of demo-network`
 */
export async function whileUnfinished<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  unfinished.add(what);
  try {
    return await work();
  } finally {
    unfinished.delete(what);
  }
}

/**
 * Does something that Ctrl-C, and the like, end through a signal, so that it can tidy up. Who asks a second time will not wait; where that
 * would leave something behind, it is said, and a third time is waited for.
 * @param words - of the CommandError that is thrown then, whatever the work itself throws
 */
export async function interruptible<Result>(
  words: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  restorePatience();
  let times = 0;
  let last = 0;
  const interrupt = () => {
    if (times > 0 && Date.now() - last <= sameSignal) {
      return;
    }
    times += 1;
    last = Date.now();
    interruption.abort(new CommandError(words, { exitCode: 130 }));
    endPatience();
    if (times === 2 && unfinished.size > 0) {
      process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${leaving()}\n`);
    } else if (times > 1) {
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

function leaving(): string {
  return `waiting for ${[...unfinished].join(", ")}, which ends what it is at. Once more leaves it alone with that: its state may stay locked, and not know what was just made or deleted`;
}

/** Ends the program when somebody asks for it, where there is nothing to tidy up; what is removed at the exit is. */
export function endOnInterruption(exitCode: number): void {
  for (const signal of endingSignals) {
    process.on(signal, () => process.exit(exitCode));
  }
}
