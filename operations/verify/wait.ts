import { setTimeout } from "node:timers/promises";

import { exitCode, type Result } from "./check";

/** Time, which a test can have pass. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

const realTime: Clock = { now: Date.now, sleep: setTimeout };

/** Between two looks. EKS and STS take more; people don't. */
const pause = 5_000;

/** Looks again and again until all holds or the time is up, and returns what it saw last. */
export async function follow(
  look: () => Promise<readonly Result[]>,
  milliseconds: number,
  show: (results: readonly Result[]) => void,
  clock: Clock = realTime,
): Promise<readonly Result[]> {
  const end = clock.now() + milliseconds;
  for (;;) {
    const results = await look();
    show(results);
    const left = end - clock.now();
    if (exitCode(results) === 0 || left <= 0) {
      return results;
    }
    await clock.sleep(Math.min(pause, left));
  }
}

/** `90s`, `15m`, `1h` in milliseconds; nothing, if it is none of these. */
export function duration(text: string): number | undefined {
  const { count, unit } = /^(?<count>\d+)(?<unit>[smh])$/.exec(text)?.groups ?? {};
  const seconds = { s: 1, m: 60, h: 3_600 }[unit ?? ""];
  return count === undefined || seconds === undefined ? undefined : Number(count) * seconds * 1_000;
}
