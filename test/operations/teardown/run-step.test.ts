import { Failure } from "../../../operations/command/failure";
import type { Connection } from "../../../operations/connection";
import { ownershipOf } from "../../../operations/teardown/ownership";
import { runStep, StepTimeout } from "../../../operations/teardown/run-step";
import type { Obstacle, Step, TeardownContext } from "../../../operations/teardown/step";
import { plainIam } from "../../support/iam";

/** Time passes when somebody sleeps. */
function passing() {
  let time = 0;
  return {
    now: () => time,
    sleep: async (milliseconds: number) => {
      time += milliseconds;
    },
  };
}

const lines: string[] = [];
const context: TeardownContext = {
  // No step here asks for anything.
  connection: {} as Connection,
  ownership: ownershipOf({ name: "demo", iam: plainIam }),
  objects: undefined,
  signal: new AbortController().signal,
  say: (line) => lines.push(line),
};

beforeEach(() => {
  lines.length = 0;
});

const step = (find: Step["find"]): Step => ({
  id: "pools",
  title: "Delete pools",
  verb: "delete",
  timeoutMinutes: 1,
  find,
});
const obstacle = (name: string, more: Partial<Obstacle> = {}): Obstacle => ({
  name,
  heldBy: undefined,
  clear: undefined,
  ...more,
});

test("a step that finds nothing is done, and says nothing", async () => {
  await runStep(
    step(async () => []),
    context,
    passing(),
  );

  expect(lines).toEqual([]);
});

test("what goes is told once, and waited for", async () => {
  const looks: Obstacle[][] = [
    [obstacle("pool default", { clear: async () => {} })],
    [obstacle("pool default", { heldBy: "finalizer a" })],
    [obstacle("pool default", { heldBy: "finalizer a" })],
    [obstacle("pool default", { heldBy: "finalizer b" })],
  ];
  await runStep(
    step(async () => looks.shift() ?? []),
    context,
    passing(),
  );

  expect(lines).toEqual([
    "  delete pool default",
    "  wait for pool default: finalizer a",
    "  wait for pool default: finalizer b",
  ]);
});

test("what comes back is deleted again", async () => {
  let back = 3;
  await runStep(
    step(async () =>
      back === 0
        ? []
        : [
            obstacle("pool default", {
              clear: async () => {
                back -= 1;
              },
            }),
          ],
    ),
    context,
    passing(),
  );

  expect(back).toBe(0);
});

test("a step is given up after its time, and says what is left and what holds it", async () => {
  const held = runStep(
    step(async () => [obstacle("pool default", { heldBy: "finalizer a" })]),
    context,
    passing(),
  );

  await expect(held).rejects.toThrow(StepTimeout);
  await expect(held).rejects.toMatchObject({
    message: "Delete pools: after 1 min there still is pool default\n  pool default: finalizer a",
    exitCode: 2,
    obstacles: [{ name: "pool default", heldBy: "finalizer a" }],
  });
});

test("an interruption ends it before the next look", async () => {
  const interruption = new AbortController();
  const find = async () => [
    obstacle("pool default", { clear: async () => interruption.abort(new Error("interrupted")) }),
  ];
  const { signal } = interruption;

  await expect(runStep(step(find), { ...context, signal }, passing())).rejects.toThrow("interrupted");
});

const hiccup = () => new Failure("unexpected", "ec2:DeleteSecurityGroup: it is in use", "try again");
const absence = () => Object.assign(new Error("not there"), { name: "InvalidGroup.NotFound" });

test("what fails and then does not is told once, and tried again", async () => {
  const answers = [hiccup(), hiccup(), absence(), undefined];
  await runStep(
    step(async () => {
      const failure = answers.shift();
      if (failure) {
        throw failure;
      }
      return [];
    }),
    context,
    passing(),
  );

  expect(answers).toEqual([]);
  expect(lines).toEqual([
    "  again, since it failed: ec2:DeleteSecurityGroup: it is in use",
    "  again, since it failed: not there",
  ]);
});

test("what fails does not keep what it waits for", async () => {
  let used = true;
  const group = obstacle("group a", { clear: async () => (used ? Promise.reject(hiccup()) : undefined) });
  const user = obstacle("group b, which names it", {
    clear: async () => {
      used = false;
    },
  });
  const looks = [[group, user], [group]];
  await runStep(
    step(async () => looks.shift() ?? []),
    context,
    passing(),
  );

  expect(used).toBe(false);
  expect(lines).toEqual([
    "  delete group a",
    "  delete group b, which names it",
    "  again, since it failed: ec2:DeleteSecurityGroup: it is in use",
  ]);
});

test("what goes on failing is given up, with what it said", async () => {
  const failing = step(async () => {
    throw hiccup();
  });

  await expect(runStep({ ...failing, timeoutMinutes: 60 }, context, passing())).rejects.toThrow("it is in use");
});

test("what is given up says why its deletion failed, if that is what kept it", async () => {
  const failing = step(async () => [obstacle("pool default", { clear: () => Promise.reject(hiccup()) })]);
  const held = await runStep(failing, context, passing()).catch((thrown) => thrown);

  expect(held).toBeInstanceOf(StepTimeout);
  expect(held.obstacles).toMatchObject([{ name: "pool default", heldBy: "ec2:DeleteSecurityGroup: it is in use" }]);
});

test.each([
  ["a right that is missing", new Failure("denied", "you may not", "allow it")],
  ["Terraform", new Failure("terraform", "terraform apply failed", "put it right")],
  ["a mistake of this program's", new TypeError("undefined is not a function")],
])("%s is not tried again", async (_, failure) => {
  let tries = 0;
  const failing = step(async () => {
    tries += 1;
    throw failure;
  });

  await expect(runStep(failing, context, passing())).rejects.toBe(failure);
  expect(tries).toBe(1);
});

test("what somebody else has deleted meanwhile is deleted", async () => {
  const looks: Obstacle[][] = [
    [
      obstacle("group a", { clear: async () => Promise.reject(absence()) }),
      obstacle("group b", { clear: async () => void lines.push("b is deleted") }),
    ],
  ];
  await runStep(
    step(async () => looks.shift() ?? []),
    context,
    passing(),
  );

  expect(lines).toEqual(["  delete group a", "  delete group b", "b is deleted"]);
});
