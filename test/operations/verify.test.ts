import { type Call, isRead } from "../../operations/connection/call";
import { connect } from "../../operations/connection/connection";
import { exitCode, type Result, runChecks } from "../../operations/verify/check";
import { checks } from "../../operations/verify/checks/all";
import { lookThrough } from "../../operations/verify/look";
import { terminal } from "../../operations/verify/terminal";
import type { Cluster } from "../../schema/settings";
import type { Break } from "./breaking";
import { brokenStates } from "./broken-states";
import { startWorld, type World } from "./world";

let world: World;

beforeAll(async () => {
  world = await startWorld();
  await eventually(() => complaints(), []);
}, 300_000);

afterAll(() => world?.end());

async function verified(settings: Partial<Cluster> = {}, calls: Call[] = []): Promise<Result[]> {
  const connection = connect({ ...world.settings, ...settings }, (call) => calls.push(call));
  return runChecks(checks, lookThrough(connection));
}

/** The lines that verify prints of what does not hold. */
async function complaints(settings: Partial<Cluster> = {}): Promise<string[]> {
  const others = (await verified(settings)).filter(({ state }) => state !== "holds");
  return others.length === 0 ? [] : (terminal(others, false).split("\n\n")[0]?.split("\n") ?? []);
}

/** Controllers take their time. What it is at last is compared. */
async function eventually(ask: () => Promise<string[]>, wanted: readonly RegExp[]): Promise<void> {
  const matches = (lines: readonly string[]) =>
    lines.length === wanted.length && wanted.every((pattern, index) => pattern.test(lines[index] ?? ""));
  let lines: string[] = [];
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    lines = (await ask()).filter((line) => /^\S/.test(line) && !line.endsWith("as above"));
    if (matches(lines)) {
      return;
    }
  }
  expect(lines).toEqual(wanted.map((pattern) => expect.stringMatching(pattern)));
}

test("all holds in the platform as it is deployed", async () => {
  const results = await verified();

  expect(results.filter(({ state }) => state !== "holds")).toEqual([]);
  expect(exitCode(results)).toBe(0);
});

test("nothing is sent but reads", async () => {
  const calls: Call[] = [];
  const journal = async () => (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/journal`)).text();
  const before = await journal();
  await verified({}, calls);

  expect(new Set(calls.map(({ system }) => system))).toEqual(new Set(["aws", "github", "kubernetes"]));
  expect(calls.filter((call) => !isRead(call))).toEqual([]);
  expect(await journal()).toBe(before);
});

describe("a broken state is seen, and nothing else is said", () => {
  test.each(Object.keys(brokenStates))("%s", async (name) => {
    const { broken = asItIs, lines, settings } = brokenStates[name] ?? fail(name);
    await broken(world)(() => eventually(() => complaints(settings), lines));

    // What was put back holds again, before the next is broken.
    await eventually(() => complaints(), []);
  });
});

/** For what is wrong with whoever asks. */
const asItIs = (): Break => (act) => act();

function fail(name: string): never {
  throw new Error(name);
}
