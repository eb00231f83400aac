import { type Call, isRead } from "../../operations/connection/call";
import { connect } from "../../operations/connection/connection";
import { exitCode, type Result, runChecks } from "../../operations/verify/check";
import { checks } from "../../operations/verify/checks/all";
import { lookThrough } from "../../operations/verify/look";
import { terminal } from "../../operations/verify/terminal";
import { type Change, type Place, whileBroken } from "./breaking";
import { startWorld, type World } from "./world";

let world: World;

beforeAll(async () => {
  world = await startWorld();
}, 300_000);

afterAll(() => world?.end());

async function verified(calls: Call[] = []): Promise<Result[]> {
  const connection = connect(world.settings, (call) => calls.push(call));
  return runChecks(checks, lookThrough(connection));
}

/** The lines that verify prints of what does not hold. */
function complaints(results: readonly Result[]): string[] {
  const others = results.filter(({ state }) => state !== "holds" && state !== "not asked");
  return others.length === 0 ? [] : (terminal(others, false).split("\n\n")[0]?.split("\n") ?? []);
}

test("all holds in the platform as it is deployed", async () => {
  const results = await verified();

  expect(complaints(results)).toEqual([]);
  expect(exitCode(results)).toBe(0);
});

test("nothing is sent but reads", async () => {
  const calls: Call[] = [];
  await verified(calls);

  expect(calls.length).toBeGreaterThan(5);
  expect(calls.filter((call) => !isRead(call))).toEqual([]);
});

const node = () => ({ object: `node/${world.machines[0]?.name}` });

const cases: readonly [what: string, place: () => Place, change: Change, line: RegExp][] = [
  [
    "a node with the taint of a starting agent",
    node,
    { patch: { spec: { taints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoSchedule" }] } } },
    /^broken +no agent-not-ready taint +on ip-10-200-32-10\./,
  ],
];

test.each(cases)("%s is seen", async (_, place, change, line) => {
  const results = await whileBroken(world.kubectl, place(), change, () => verified());

  expect(complaints(results).filter((text) => /^\S/.test(text))).toEqual([expect.stringMatching(line)]);
  expect(exitCode(results)).toBe(2);
});
