const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does something that Ctrl-C, and the like, end through a signal, so that it can tidy up.
 * @param words - of the error with which the signal is aborted
 */
export async function interruptible<Result>(
  words: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error(words));
  for (const signal of signals) {
    process.on(signal, interrupt);
  }
  try {
    return await work(interruption.signal);
  } finally {
    for (const signal of signals) {
      process.off(signal, interrupt);
    }
  }
}
