import type { Clock } from "../../../operations/command/clock";
import { type CheckResult, holds, warning } from "../../../operations/verify/check";
import { duration, waitUntilAllHold } from "../../../operations/verify/wait";

function clock(): Clock {
  const time = { now: 0 };
  return {
    now: () => time.now,
    sleep: async (milliseconds) => {
      time.now += milliseconds;
    },
  };
}

const broken: CheckResult = { id: "a", title: "a", state: "broken", found: "no", cause: "x", next: "y" };
const held: CheckResult = { id: "a", title: "a", ...holds("yes") };

test("it looks until all holds", async () => {
  const seen = [[broken], [broken], [held], [broken]];
  const look = async () => ({ checks: seen.shift() ?? [] });

  expect(await waitUntilAllHold(look, 60_000, () => {}, clock())).toEqual({ checks: [held] });
  expect(seen).toHaveLength(1);
});

test("it looks once more at the end of its time, and not after", async () => {
  const time = clock();
  const looks: number[] = [];
  const look = async () => {
    looks.push(time.now());
    return { checks: [broken] };
  };

  expect(await waitUntilAllHold(look, 12_000, () => {}, time)).toEqual({ checks: [broken] });
  expect(looks).toEqual([0, 5_000, 10_000, 12_000]);
});

test("it does not wait for a warning to go", async () => {
  const warned: CheckResult = { id: "a", title: "a", ...warning("soon", "x", "y") };
  const looks: number[] = [];
  const look = async () => {
    looks.push(looks.length);
    return { checks: [warned] };
  };

  await waitUntilAllHold(look, 60_000, () => {}, clock());
  expect(looks).toHaveLength(1);
});

test.each([
  ["90s", 90_000],
  ["15m", 900_000],
  ["1h", 3_600_000],
  ["15", undefined],
  ["m", undefined],
])("%s is %s milliseconds", (text, milliseconds) => {
  expect(duration(text)).toBe(milliseconds);
});
