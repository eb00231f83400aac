/** Lets signals wait until what runs now has ended and tidied up, and end the process then. */
export function deferSignals(): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(signal, () => process.kill(process.pid, signal));
  }
  // Signals are seen between two turns of the event loop: a process without another turn would end as if there had been none.
  setImmediate(() => setImmediate(() => {}));
}
