import { Failure } from "../../../operations/command/failure";
import {
  endPatience,
  patiently,
  pauseAfter,
  restorePatience,
  retryAfterOf,
} from "../../../operations/command/patience";

/** A clock that waits for nobody. */
function fastClock() {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const throttled = new Failure("unexpected", "throttled", "wait", { retryAfter: 0 });

test("pauses double up to eight seconds, and differ by chance", () => {
  const pauses = (chance: number) =>
    [1, 2, 3, 4, 5, 6, 7].map((count) => pauseAfter({ count, since: 0 }, 0, 0, chance));

  expect(pauses(1)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(pauses(0)).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 4_000]);
});

test.each([
  ["what the service asks for is waited", 0, 20_000, 20_000],
  ["less than the next pause is not", 0, 10, 250],
  ["what would end after a minute is not waited for", 55_000, 6_000, undefined],
])("%s", (_, now, retryAfter, pause) => {
  expect(pauseAfter({ count: 1, since: 0 }, now, retryAfter, 1)).toBe(pause);
});

test("a call that fails for less than a minute succeeds", async () => {
  const clock = fastClock();
  const ask = async () => {
    if (clock.now() < 50_000) {
      throw throttled;
    }
    return "answer";
  };

  expect(await patiently(ask, clock)).toBe("answer");
});

test("one that fails for a minute is given up, with what it failed by", async () => {
  const clock = fastClock();
  const ask = jest.fn(() => Promise.reject(throttled));

  await expect(patiently(ask, clock)).rejects.toBe(throttled);
  expect(clock.now()).toBeLessThan(60_000);
  expect(ask.mock.calls.length).toBeGreaterThan(10);
});

test.each([
  ["is of no use", new Failure("denied", "no", "ask for it")],
  ["nobody foresaw", new TypeError("x is not a function")],
])("what %s is not asked again", async (_, thrown) => {
  const ask = jest.fn(() => Promise.reject(thrown));

  await expect(patiently(ask, fastClock())).rejects.toBe(thrown);
  expect(ask).toHaveBeenCalledTimes(1);
});

test("who interrupts does not wait", async () => {
  const slow = new Failure("unexpected", "throttled", "wait", { retryAfter: 50_000 });
  const asked = patiently(() => Promise.reject(slow));
  setTimeout(endPatience, 50);

  await expect(asked).rejects.toBe(slow);
  restorePatience();
});

test("a Retry-After is in seconds, or a date", () => {
  const now = Date.parse("2026-11-27T21:00:00Z");

  expect(retryAfterOf("3", now)).toBe(3_000);
  expect(retryAfterOf("Fri, 27 Nov 2026 21:00:05 GMT", now)).toBe(5_000);
  expect(["", undefined, null, "soon", "Fri, 27 Nov 2020 21:00:05 GMT"].map((text) => retryAfterOf(text, now))).toEqual(
    [0, 0, 0, 0, 0],
  );
});
