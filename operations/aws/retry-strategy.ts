import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";

import { systemClock } from "../command/clock";
import { isCut, networkError } from "../command/failure";
import { type Failures, pauseAfter, pauseFor } from "../command/patience";

/**
 * Returns the rule of `patience.ts` in the SDK's form. By its own one, three attempts within a second or two are all, and all calls of a
 * client share what they may try again.
 */
export function retryStrategy(clock = systemClock): RetryStrategyV2 {
  const failuresOf = new WeakMap<RetryToken, Failures>();
  return {
    acquireInitialRetryToken: async () => tokenOf(0),
    refreshRetryTokenForRetry: async (token, info) => {
      const now = clock.now();
      const before = failuresOf.get(token);
      const failures = { count: (before?.count ?? 0) + 1, since: before?.since ?? now };
      const { retryAfterHint } = info;
      const retryAfter = retryAfterHint === undefined ? 0 : retryAfterHint.getTime() - Date.now();
      const pause = mayPass(info) ? pauseAfter(failures, now, retryAfter) : undefined;
      if (pause === undefined) {
        throw new Error("it is not tried again");
      }
      await pauseFor(pause, clock);
      const next = tokenOf(failures.count);
      failuresOf.set(next, failures);
      return next;
    },
    recordSuccess: () => {},
  };
}

function tokenOf(count: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}

/** Returns whether the SDK takes an error for one that passes, and it is not that AWS can't be reached. */
function mayPass({ error, errorType }: RetryErrorInfo): boolean {
  const code = networkError(error);
  return (errorType === "THROTTLING" || errorType === "TRANSIENT") && (code === undefined || isCut(code));
}
