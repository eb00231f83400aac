import { Failure } from "../../../operations/command/failure";
import { type Check, exitCode, holds, runChecks, warning } from "../../../operations/verify/check";
import type { Snapshot } from "../../../operations/verify/snapshot";

const nothing = {} as Snapshot;

const well: Check = { id: "a", title: "a", run: async () => holds("yes") };
const failing: Check = {
  id: "b",
  title: "b",
  run: async () => {
    throw new Failure("denied", "no", "next");
  },
};

test("a check that throws could not ask, and the others are told", async () => {
  expect(await runChecks([well, failing], nothing)).toEqual([
    { id: "a", title: "a", state: "holds", found: "yes" },
    { id: "b", title: "b", state: "could not ask", found: "no", next: "next" },
  ]);
});

test("a warning is no reason to end with anything but 0", async () => {
  const warned: Check = { id: "c", title: "c", run: async () => warning("soon", "x", "y") };

  expect(exitCode(await runChecks([well, warned], nothing))).toBe(0);
  expect(exitCode(await runChecks([warned, failing], nothing))).toBe(1);
});
