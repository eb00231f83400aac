import { parseAllDocuments } from "yaml";

import { type Call, callText, isRead } from "../../operations/command/call";
import { errorReport } from "../../operations/command/report-error";
import { type Connection, connect } from "../../operations/connection";
import { clusterChecks } from "../../operations/upgrade/readiness/checks/all";
import { resultsText, verificationText } from "../../operations/verify/results-text";
import { verification } from "../../operations/verify/verification";
import { newestRelease } from "../../releases/all";
import type { Release } from "../../releases/release";
import { upgradeCheckActions, upgradeCheckRole, verifyActions, verifyRights, verifyRole } from "../support/documented";
import { expectHarmless, foreignText } from "../support/foreign-text";
import { refused } from "./breaking";
import { clusterName } from "./broken/state";
import { poisoned } from "./poisoned";
import { runAtTerminal, runProgram } from "./project";
import { asReader } from "./reader";
import { changedByHand, noWayBack, unreadyStates } from "./unready-states";
import { startPlatform, type World } from "./world";

/** A release of the next minor version of Kubernetes, which takes versions of APIs out. */
const ahead: Release = {
  ...newestRelease,
  name: "2027-01-15",
  kubernetes: { ...newestRelease.kubernetes, version: "1.37" },
};

let world: World;

beforeAll(async () => {
  world = await startPlatform();
  await eventually([]);
}, 900_000);

afterAll(() => world?.end());

interface Asked {
  /** @default - nobody is told */
  readonly calls?: Call[];
  /** @default - the world as it is */
  readonly change?: (connection: Connection) => Connection;
}

/** The lines that are printed of what does not hold. */
async function complaints({ calls = [], change = (connection) => connection }: Asked = {}): Promise<string[]> {
  const connection = change(connect(world.settings, (call) => calls.push(call)));
  const found = await verification(connection, clusterChecks(ahead)).catch(errorReport);
  if ("text" in found) {
    return found.text.split("\n");
  }
  const others = found.checks.filter(({ state }) => state !== "holds");
  return others.length === 0 ? [] : (resultsText(others, false).split("\n\n")[0]?.split("\n") ?? []);
}

/** Controllers take their time. What it is at last is compared. */
async function eventually(wanted: readonly RegExp[], asked: Asked = {}): Promise<void> {
  const matches = (lines: readonly string[]) =>
    lines.length === wanted.length && wanted.every((pattern, index) => pattern.test(lines[index] ?? ""));
  let lines: string[] = [];
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
    lines = (await complaints(asked)).filter((line) => /^\S/.test(line) && !line.endsWith("as above"));
    if (matches(lines)) {
      return;
    }
  }
  expect(lines).toEqual(wanted.map((pattern) => expect.stringMatching(pattern)));
}

/** An API server that was asked for an API that goes, which this one does not serve any more. */
function withDeprecatedCall(connection: Connection): Connection {
  const labels =
    'group="networking.k8s.io",removed_release="1.37",resource="ipaddresses",subresource="",version="v1beta1"';
  return {
    ...connection,
    kubernetes: async () => {
      const clients = await connection.kubernetes();
      const text = await clients.metrics.ofApiServer();
      const metrics = { ofApiServer: async () => `${text}apiserver_requested_deprecated_apis{${labels}} 1\n` };
      return { ...clients, metrics };
    },
  };
}

/** EKS upgraded the control plane a day ago: it can go back. */
function withUpgrade(connection: Connection): Connection {
  const createdAt = new Date(Date.now() - 86_400_000);
  const answers: Readonly<Record<string, object>> = {
    ListUpdatesCommand: { updateIds: ["an-upgrade"] },
    DescribeUpdateCommand: { update: { type: "VersionUpdate", status: "Successful", createdAt } },
  };
  connection.aws.eks.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const answer = answers[commandName];
        return answer ? { output: { ...answer, $metadata: {} }, response: {} } : next(args);
      },
    { step: "initialize" },
  );
  return connection;
}

test("nothing is sent but reads", async () => {
  const calls: Call[] = [];
  const journal = async () => (await fetch(`${process.env.AWS_ENDPOINT_URL}/_rehearsal/journal`)).text();
  const before = { journal: await journal(), audited: world.audited().length };
  await complaints({ calls });

  expect(calls.filter((call) => !isRead(call))).toEqual([]);
  expect(await journal()).toBe(before.journal);
  const audited = world.audited().slice(before.audited);
  expect(audited.filter(({ verb }) => !["get", "list"].includes(verb))).toEqual([]);
});

describe("what keeps a cluster from being upgraded is seen, and nothing else is said", () => {
  test.each(Object.keys(unreadyStates))("%s", async (name) => {
    const { broken, lines } = unreadyStates[name] ?? fail(name);
    await broken(world)(() => eventually(lines));

    // What was put back holds again, before the next is broken.
    await eventually([]);
  });

  test("a call of an API that goes", async () => {
    const line =
      /^broken +calls of deprecated APIs +ipaddresses of networking\.k8s\.io\/v1beta1, which Kubernetes 1\.37 does not have$/;
    await eventually([line], { change: withDeprecatedCall });
  });
});

test("after an upgrade it is said what keeps EKS from going back, or that EKS has not looked yet", async () => {
  const line = /^warning +EKS' insights on going back +Kubelet version skew: nodes are ahead$/;
  await noWayBack(world)(() => eventually([line], { change: withUpgrade }));
  await eventually([/^could not ask +EKS' insights on going back +EKS has none on going back to 1\.35/], {
    change: withUpgrade,
  });
});

test("the rights that docs/upgrade-check.md names suffice beside those of verify, and none is there in vain", async () => {
  const calls: Call[] = [];
  const reader = await asReader(world, `${verifyRole}---\n${upgradeCheckRole}`);
  await reader(() => eventually([], { calls }));
  await unreadyStates["an insight that is a warning"]?.broken(world)(() => complaints({ calls }));

  const asked = (system: Call["system"]) =>
    new Set(calls.filter((call) => call.system === system).map((call) => callText(call).replace(/ in .*/, "")));
  const allowed = new Set([...verifyActions(), "sts:GetCallerIdentity"]);
  expect([...asked("aws")].filter((action) => !allowed.has(action)).sort()).toEqual([...upgradeCheckActions()].sort());
  const rights = new Set([...verifyRights(verifyRole), "list secrets"]);
  expect([...asked("kubernetes")].filter((right) => !rights.has(right)).sort()).toEqual(
    [...verifyRights(upgradeCheckRole)].sort(),
  );
});

test.each(upgradeCheckActions())("without %s, its name is said", async (action) => {
  const [service = "", name = ""] = action.split(":");
  await unreadyStates["an insight that is a warning"]?.broken(world)(() =>
    refused(
      service,
      name,
      "AccessDeniedException",
    )(async () => {
      expect((await complaints()).join("\n")).toContain(`may not ${action}`);
    }),
  );
});

test.each(verifyRights(upgradeCheckRole))("without the right to %s, its name is said", async (right) => {
  const [verb = "", what = ""] = right.split(" ");
  const documents = parseAllDocuments(`${verifyRole}---\n${upgradeCheckRole}`).map((document) => document.toJS());
  const [plural = ""] = what.split(".");
  for (const { rules = [] } of documents) {
    for (const rule of rules) {
      const key = rule.resources ? "resources" : "nonResourceURLs";
      const left = rule[key].filter((one: string) => one !== plural);
      rule[key] = left.length > 0 ? left : ["nothing"];
    }
  }
  const manifest = JSON.stringify({ apiVersion: "v1", kind: "List", items: documents });
  const reader = await asReader(
    world,
    manifest.replace('"nonResourceURLs":["nothing"]', '"nonResourceURLs":["/nothing"]'),
  );
  await reader(async () => {
    expect((await complaints()).join("\n")).toContain(`the cluster does not let you ${verb} ${what}`);
  });
});

test("text of others moves no cursor and forges no line", async () => {
  const members = /^(?!name|namespace|kind|apiVersion|type|status|lastRefreshTime)/;
  const connection = poisoned(
    connect(world.settings, () => undefined),
    members,
    foreignText,
  );
  const found = await verification(connection, clusterChecks(ahead)).catch(errorReport);
  const text = "text" in found ? found.text : verificationText(found, false);

  expectHarmless(text);
  expect(text).toContain("\\u{1b}");
});

describe("the command", () => {
  const run = () =>
    runProgram(world.project, { program: "operations/upgrade/main.ts", words: [clusterName, "--check"] });

  test("plans the stacks too, and ends with 0 if all hold", async () => {
    const { code, output, errors } = await run();

    expect(output).toMatch(/^holds +plans of today +empty, of 3 stacks$/m);
    expect(output).toMatch(/^holds +where it is +at 2026-11-25$/m);
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
  });

  test("ends by Ctrl-C without a report, whatever was asked by then", async () => {
    const program = { program: "operations/upgrade/main.ts", words: [clusterName, "--check"] };
    const { code, output } = await runAtTerminal(world.project, program, [[/demo-k8s-cilium-/, "\x03"]]);

    expect(output).toMatch(/error: interrupted; nothing was changed\s*$/);
    expect(output).not.toContain("could not ask");
    expect(code).toBe(130);
  });

  test("names what a plan would change, and ends with 2", async () => {
    const { code, output } = await changedByHand()(run);

    expect(output).toMatch(/^broken +plans of today +demo-k8s-cilium-cluster would change aws_eks_cluster\.cluster$/m);
    expect(code).toBe(2);
  });
});

function fail(name: string): never {
  throw new Error(name);
}
