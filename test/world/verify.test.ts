import { UpdateClusterConfigCommand } from "@aws-sdk/client-eks";
import { parseAllDocuments } from "yaml";

import { type Call, callText, isRead } from "../../operations/command/call";
import { errorReport } from "../../operations/command/report-error";
import { connect } from "../../operations/connection";
import { type CheckResult, exitCode } from "../../operations/verify/check";
import { checks } from "../../operations/verify/checks/all";
import { resultsText, verificationJson, verificationText } from "../../operations/verify/results-text";
import { verification } from "../../operations/verify/verification";
import type { NetworkSettings } from "../../schema/network";
import type { Cluster } from "../../schema/settings";
import { verifyActions, verifyReleaseRole, verifyRights, verifyRole } from "../support/documented";
import { expectHarmless, foreignText } from "../support/foreign-text";
import { type Break, changed, refused } from "./breaking";
import { clusterName, eks } from "./broken/state";
import { brokenStates } from "./broken-states";
import { poisoned } from "./poisoned";
import { asReader } from "./reader";
import { startPlatform, type World } from "./world";

/** Where a cluster lives cannot be changed by halves. */
type Changes = Partial<Omit<Cluster, keyof NetworkSettings>>;

let world: World;

beforeAll(async () => {
  world = await startPlatform();
  // What was done to the cluster is asked for only where something was.
  for (const supportType of ["EXTENDED", "STANDARD"] as const) {
    await eks().send(new UpdateClusterConfigCommand({ name: clusterName, upgradePolicy: { supportType } }));
  }
  await eventually(() => complaints(), []);
}, 900_000);

afterAll(() => world?.end());

async function verified(settings: Changes = {}, calls: Call[] = []): Promise<CheckResult[]> {
  const connection = connect({ ...world.settings, ...settings }, (call) => calls.push(call));
  return [...(await verification(connection, checks)).checks];
}

/** The lines that verify prints of what does not hold. */
async function complaints(settings: Changes = {}, calls: Call[] = []): Promise<string[]> {
  const results = await verified(settings, calls).catch(errorReport);
  if ("text" in results) {
    return results.text.split("\n");
  }
  const others = results.filter(({ state }) => state !== "holds");
  return others.length === 0 ? [] : (resultsText(others, false).split("\n\n")[0]?.split("\n") ?? []);
}

/** Controllers take their time. What it is at last is compared. */
async function eventually(ask: () => Promise<string[]>, wanted: readonly RegExp[]): Promise<void> {
  const matches = (lines: readonly string[]) =>
    lines.length === wanted.length && wanted.every((pattern, index) => pattern.test(lines[index] ?? ""));
  let lines: string[] = [];
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
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
  const before = { journal: await journal(), audited: world.audited().length };
  await verified({}, calls);

  expect(new Set(calls.map(({ system }) => system))).toEqual(new Set(["aws", "github", "kubernetes"]));
  expect(calls.filter((call) => !isRead(call))).toEqual([]);
  // What the servers say that they were asked.
  expect(await journal()).toBe(before.journal);
  const audited = world.audited().slice(before.audited);
  expect(audited).toHaveLength(calls.filter(({ system }) => system === "kubernetes").length);
  expect(audited.filter(({ verb }) => !["get", "list"].includes(verb))).toEqual([]);
});

test("the rights that docs/verify.md names suffice, and none is there in vain", async () => {
  const calls: Call[] = [];
  const reader = await asReader(world, `${verifyRole}---\n${verifyReleaseRole}`);
  const scaledDown = changed(world.kubectl, "deployment/hubble-ui --namespace=kube-system", {
    patch: { spec: { replicas: 0 } },
  });
  await reader(async () => {
    await eventually(() => complaints({}, calls), []);
    await scaledDown(() => eventually(() => complaints({}, calls), [/^broken +Hubble's UI +0 of 0 replicas/]));
  });

  const asked = (system: Call["system"]) => [
    ...new Set(calls.filter((call) => call.system === system).map((call) => callText(call).replace(/ in .*/, ""))),
  ];
  // Everybody may ask who they are.
  const actions = asked("aws").filter((action) => action !== "sts:GetCallerIdentity");
  expect(actions.sort()).toEqual([...verifyActions()].sort());
  expect(asked("kubernetes").sort()).toEqual([...verifyRights(`${verifyRole}---\n${verifyReleaseRole}`)].sort());
});

test("without the right to list Secrets, which shows much else, release and certificates are not asked for", async () => {
  const reader = await asReader(world, verifyRole);
  const lines = ["Cilium's release", "Hubble's certificates"].map(
    (title) => new RegExp(`^not asked +${title} +you may not list Secrets`),
  );
  await reader(() => eventually(() => complaints(), lines));
});

test.each([
  ["messages", /^(message|reason|osImage|kernelVersion|kubeletVersion|description)$/i],
  ["everything but names", /^(?!name|namespace|kind|apiVersion|type|status)/],
  ["everything", /./],
])("text of others in %s moves no cursor and forges no line", async (_, members) => {
  const connection = poisoned(
    connect(world.settings, () => {}),
    members,
    foreignText,
  );
  const found = await verification(connection, checks).catch(errorReport);
  const texts = "text" in found ? [found.text] : [verificationText(found, false)];
  const json = "text" in found ? "" : verificationJson(found);

  for (const text of texts) {
    expectHarmless(text);
  }
  expectHarmless(json, { lines: false });
  expect(`${texts}`).toContain("\\u{1b}");
});

test.each(verifyActions())("without %s, its name is said", async (action) => {
  const [service = "", name = ""] = action.split(":");
  await refused(
    service,
    name,
    "AccessDeniedException",
  )(async () => {
    expect((await complaints()).join("\n")).toContain(`assumed-role/platform-admin/rehearsal may not ${action}`);
  });
});

test.each(verifyRights(verifyRole))("without the right to %s, its name is said", async (right) => {
  const role = parseAllDocuments(verifyRole).map((document) => document.toJS());
  const [verb = "", resource = ""] = right.split(" ");
  const [plural] = resource.split(".");
  for (const rule of role[0].rules) {
    rule.resources = rule.resources.filter((one: string) => one !== plural);
  }
  role[0].rules = role[0].rules.filter(({ resources }: { resources: string[] }) => resources.length > 0);
  const reader = await asReader(world, JSON.stringify({ apiVersion: "v1", kind: "List", items: role }));
  const scaledDown = changed(world.kubectl, "deployment/hubble-ui --namespace=kube-system", {
    patch: { spec: { replicas: 0 } },
  });
  await reader(() =>
    scaledDown(async () => {
      expect((await complaints()).join("\n")).toContain(`the cluster does not let you ${verb} ${resource}`);
    }),
  );
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
