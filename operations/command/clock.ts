import { setTimeout } from "node:timers/promises";

/** The time, which a test can make pass faster. */
export interface Clock {
  /** Returns milliseconds since some fixed moment. */
  now(): number;
  /** Waits, and rejects as soon as `signal` is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<unknown>;
}

export const systemClock: Clock = {
  now: Date.now,
  sleep: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};
