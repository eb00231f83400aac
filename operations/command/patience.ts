import { systemClock } from "./clock";
import { Failure } from "./failure";

// One rule for all calls to AWS, Kubernetes and GitHub: what may pass is asked again for a minute. A service that cannot be reached at all
// is not: mostly it is the machine that has no way there, and people hear of that at once.

/** Milliseconds, from the first failure of a call on. AWS throttles for seconds, and an API server is replaced in less than a minute. */
const patience = 60_000;

/** Milliseconds. Each pause is twice as long as the one before, up to the longest. */
const shortestPause = 250;
const longestPause = 8_000;

/** The failures of one call until now. */
export interface Failures {
  readonly count: number;
  /** When the first was, in the clock's milliseconds. */
  readonly since: number;
}

/**
 * Returns the milliseconds after which a call that failed is made again; nothing if it is not.
 * @param retryAfter - milliseconds that the service asks for
 * @param chance - from 0 to 1: without it, all that were refused at once would ask again at once
 */
export function pauseAfter(
  { count, since }: Failures,
  now: number,
  retryAfter: number,
  chance = Math.random(),
): number | undefined {
  const longest = Math.min(shortestPause * 2 ** (count - 1), longestPause);
  const pause = Math.max(retryAfter, (longest * (1 + chance)) / 2);
  return now + pause - since < patience ? pause : undefined;
}

let interruption = new AbortController();

/** Has no call made again from now on, since somebody interrupts the program. */
export function endPatience(): void {
  interruption.abort();
}

/** Has calls made again after an earlier interruption. */
export function restorePatience(): void {
  interruption = new AbortController();
}

/** Waits before a call is made again; rejects at once if the program is interrupted. */
export async function pauseFor(milliseconds: number, clock = systemClock): Promise<void> {
  await clock.sleep(milliseconds, interruption.signal);
}

/** Asks again while what fails is a Failure that may pass; throws the last one. */
export async function patiently<Answer>(ask: () => Promise<Answer>, clock = systemClock): Promise<Answer> {
  let failures: Failures | undefined;
  for (;;) {
    try {
      return await ask();
    } catch (thrown) {
      const retryAfter = thrown instanceof Failure ? thrown.retryAfter : undefined;
      if (retryAfter === undefined) {
        throw thrown;
      }
      failures = { count: (failures?.count ?? 0) + 1, since: failures?.since ?? clock.now() };
      const pause = pauseAfter(failures, clock.now(), retryAfter);
      if (pause === undefined) {
        throw thrown;
      }
      await pauseFor(pause, clock).catch(() => {
        throw thrown;
      });
    }
  }
}

/** Returns the milliseconds of an HTTP header `Retry-After`, which has seconds or a date; 0 without one. */
export function retryAfterOf(header: string | null | undefined, now = Date.now()): number {
  const text = header ?? "";
  const milliseconds = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : 0;
}
