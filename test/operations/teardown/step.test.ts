import type { Connection } from "../../../operations/connection/connection";
import { ownership } from "../../../operations/teardown/owned";
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
