/** Lets signals wait until what runs now has ended and tidied up, and end the process then. */
export function deferSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.kill(process.pid, signal));
  }
  // Signals are seen between two turns of the event loop: without another turn, the process would end as if none had come.
  setImmediate(() => setImmediate(() => {}));
}
