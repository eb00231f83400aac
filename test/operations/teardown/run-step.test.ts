import { Failure } from "../../../operations/command/failure";
import type { Connection } from "../../../operations/connection";
import { ownership } from "../../../operations/teardown/ownership";
import { HeldUp, type Place, type Step, type Thing, take } from "../../../operations/teardown/step";

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
const place: Place = {
  // No step here asks for anything.
  connection: {} as Connection,
  owned: ownership("demo"),
  objects: undefined,
  signal: new AbortController().signal,
  say: (line) => lines.push(line),
};

beforeEach(() => {
  lines.length = 0;
});

const step = (find: Step["find"]): Step => ({ id: "pools", title: "Delete pools", verb: "delete", timeout: 1, find });
const thing = (name: string, more: Partial<Thing> = {}): Thing => ({ name, held: undefined, act: undefined, ...more });

test("a step that finds nothing is done, and says nothing", async () => {
  await take(
    step(async () => []),
    place,
    passing(),
  );

  expect(lines).toEqual([]);
});

test("what goes is told once, and waited for", async () => {
  const looks: Thing[][] = [
    [thing("pool default", { act: async () => {} })],
    [thing("pool default", { held: "finalizer a" })],
    [thing("pool default", { held: "finalizer a" })],
    [thing("pool default", { held: "finalizer b" })],
  ];
  await take(
    step(async () => looks.shift() ?? []),
    place,
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
  await take(
    step(async () =>
      back === 0
        ? []
        : [
            thing("pool default", {
              act: async () => {
                back -= 1;
              },
            }),
          ],
    ),
    place,
    passing(),
  );

  expect(back).toBe(0);
});

test("a step is given up after its time, and says what is left and what holds it", async () => {
  const held = take(
    step(async () => [thing("pool default", { held: "finalizer a" })]),
    place,
    passing(),
  );

  await expect(held).rejects.toThrow(HeldUp);
  await expect(held).rejects.toMatchObject({
    message: "Delete pools: after 1 min there still is pool default",
    things: [{ name: "pool default", held: "finalizer a" }],
  });
});

test("an interruption ends it before the next look", async () => {
  const interruption = new AbortController();
  const find = async () => [thing("pool default", { act: async () => interruption.abort(new Error("interrupted")) })];
  const { signal } = interruption;

  await expect(take(step(find), { ...place, signal }, passing())).rejects.toThrow("interrupted");
});

const hiccup = () => new Failure("unexpected", "ec2:DeleteSecurityGroup: it is in use", "try again");
const absence = () => Object.assign(new Error("not there"), { name: "InvalidGroup.NotFound" });

test("what fails and then does not is told once, and tried again", async () => {
  const answers = [hiccup(), hiccup(), absence(), undefined];
  await take(
    step(async () => {
      const failure = answers.shift();
      if (failure) {
        throw failure;
      }
      return [];
    }),
    place,
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
  const group = thing("group a", { act: async () => (used ? Promise.reject(hiccup()) : undefined) });
  const user = thing("group b, which names it", {
    act: async () => {
      used = false;
    },
  });
  const looks = [[group, user], [group]];
  await take(
    step(async () => looks.shift() ?? []),
    place,
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

  await expect(take({ ...failing, timeout: 60 }, place, passing())).rejects.toThrow("it is in use");
});

test("what is given up says why its deletion failed, if that is what kept it", async () => {
  const failing = step(async () => [thing("pool default", { act: () => Promise.reject(hiccup()) })]);
  const held = await take(failing, place, passing()).catch((thrown) => thrown);

  expect(held).toBeInstanceOf(HeldUp);
  expect(held.things).toMatchObject([{ name: "pool default", held: "ec2:DeleteSecurityGroup: it is in use" }]);
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

  await expect(take(failing, place, passing())).rejects.toBe(failure);
  expect(tries).toBe(1);
});

test("what somebody else has deleted meanwhile is deleted", async () => {
  const looks: Thing[][] = [
    [
      thing("group a", { act: async () => Promise.reject(absence()) }),
      thing("group b", { act: async () => void lines.push("b is deleted") }),
    ],
  ];
  await take(
    step(async () => looks.shift() ?? []),
    place,
    passing(),
  );

  expect(lines).toEqual(["  delete group a", "  delete group b", "b is deleted"]);
});
