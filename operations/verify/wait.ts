import { type Clock, systemClock } from "../command/clock";
import { type CheckResult, exitCode } from "./check";

/** Milliseconds between two runs of the checks. AWS would allow less; people need no more. */
const pause = 5_000;

/** Checks again and again until all holds or the time is up, and returns the last results. */
export async function waitUntilAllHold(
  check: () => Promise<readonly CheckResult[]>,
  milliseconds: number,
  show: (results: readonly CheckResult[]) => void,
  clock: Clock = systemClock,
): Promise<readonly CheckResult[]> {
  const end = clock.now() + milliseconds;
  for (;;) {
    const results = await check();
    show(results);
    const left = end - clock.now();
    if (exitCode(results) === 0 || left <= 0) {
      return results;
    }
    await clock.sleep(Math.min(pause, left));
  }
}

/** Returns `90s`, `15m` or `1h` in milliseconds; nothing if a text is no duration. */
export function duration(text: string): number | undefined {
  const { count, unit } = /^(?<count>\d+)(?<unit>[smh])$/.exec(text)?.groups ?? {};
  const seconds = { s: 1, m: 60, h: 3_600 }[unit ?? ""];
  return count === undefined || seconds === undefined ? undefined : Number(count) * seconds * 1_000;
}
