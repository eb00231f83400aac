/** Signals by which people and their terminals end a program. */
export const endingSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Lets signals wait until what runs now has ended and tidied up, and end the process then. */
export function deferSignals(): void {
  for (const signal of endingSignals) {
    process.once(signal, () => process.kill(process.pid, signal));
  }
  // Signals are seen between two turns of the event loop: without another turn, the process would end as if none had come.
  setImmediate(() => setImmediate(() => {}));
}
