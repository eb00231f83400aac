import { type Clock, systemClock } from "../command/clock";
import { exitCode } from "./check";
import type { Verification } from "./verification";

/** Milliseconds between two runs of the checks. AWS would allow less; people need no more. */
const pause = 5_000;

/** Looks again and again until all holds or the time is up, and returns what the last look has found. */
export async function waitUntilAllHold<Found extends Pick<Verification, "checks">>(
  look: () => Promise<Found>,
  milliseconds: number,
  show: (found: Found) => void,
  clock: Clock = systemClock,
): Promise<Found> {
  const end = clock.now() + milliseconds;
  for (;;) {
    const found = await look();
    show(found);
    const left = end - clock.now();
    if (exitCode(found.checks) === 0 || left <= 0) {
      return found;
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
