import { Failure } from "../../../operations/command/failure";
import { type Check, exitCode, holds, runChecks, warning } from "../../../operations/verify/check";
import type { Snapshot } from "../../../operations/verify/snapshot";

const nobody = {} as Snapshot;

const failing = (kind: "no credentials" | "wrong account" | "denied"): Check => ({
  id: "b",
  title: "b",
  run: async () => {
    throw new Failure(kind, "no", "next");
  },
});

const well: Check = { id: "a", title: "a", run: async () => holds("yes") };

test("a check that throws could not ask, and the others are told", async () => {
  expect(await runChecks([well, failing("denied")], nobody)).toEqual([
    { id: "a", title: "a", state: "holds", found: "yes" },
    { id: "b", title: "b", state: "could not ask", found: "no", next: "next" },
  ]);
});

test.each(["no credentials", "wrong account"] as const)("%s ends all: it is no news of any check", async (kind) => {
  await expect(runChecks([well, failing(kind)], nobody)).rejects.toMatchObject({ kind, message: "no" });
});

test("a warning is no reason to end with anything but 0", async () => {
  const warned: Check = { id: "c", title: "c", run: async () => warning("soon", "x", "y") };

  expect(exitCode(await runChecks([well, warned], nobody))).toBe(0);
  expect(exitCode(await runChecks([warned, failing("denied")], nobody))).toBe(1);
});
