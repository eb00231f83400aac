import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

import { errorReport } from "../../../operations/command/report-error";
import { type HcpStacksProps, hcpStacks } from "../../../operations/teardown/hcp-stack";
import type { Stack } from "../../../operations/teardown/stacks";
import type { TeardownContext } from "../../../operations/teardown/step";
import type { Plan } from "../../../operations/terraform/plan/plan";
import { HcpForTests, planThatCreates, stateFile } from "../../support/hcp";
import { apiOfStandIn } from "../../support/hcp-api";

const stand = HcpForTests.forTests();
const clock = {
  now: () => Date.now(),
  sleep: (_: number, signal?: AbortSignal) => setTimeout(5, undefined, { signal }),
};

interface Opened {
  readonly stack: Stack;
  readonly said: string[];
  readonly asked: string[];
}

/** The bootstrap stack of a cluster that nobody else here has. */
async function opened(cluster: string, props: Partial<HcpStacksProps> = {}, token = "secret"): Promise<Opened> {
  const said: string[] = [];
  const asked: string[] = [];
  const context: Pick<TeardownContext, "signal" | "say"> & { connection: { settings: { name: string } } } = {
    connection: { settings: { name: cluster } },
    signal: new AbortController().signal,
    say: (line) => said.push(line),
  };
  const confirm = async (question: string) => {
    asked.push(question);
  };
  const stacks = hcpStacks({ hcp: apiOfStandIn(stand, token), organization: "acme", confirm, clock, ...props });
  const stack = stacks.open("bootstrap", context as TeardownContext);
  await stack.init();
  return { stack, said, asked };
}

/** Makes the workspace of a cluster's bootstrap stack, which was run and has a state. */
async function applied(cluster: string, state: object = stateFile(1, 2)): Promise<string> {
  const id = await stand.workspaceWithConfiguration(`${cluster}-bootstrap`);
  const text = JSON.stringify(state);
  await stand.call("POST", `workspaces/${id}/actions/lock`, {});
  const attributes = {
    serial: 1,
    lineage: "one",
    md5: createHash("md5").update(text).digest("hex"),
    state: Buffer.from(text).toString("base64"),
  };
  await stand.make(`workspaces/${id}/state-versions`, "state-versions", attributes);
  await stand.call("POST", `workspaces/${id}/actions/unlock`, {});
  return id;
}

const destroyed = async ({ stack }: Opened) => {
  const plans: Plan[] = [];
  await stack.destroy({ onPlan: (plan) => plans.push(plan), onForget: () => {} });
  return plans;
};

const failed = async (work: Promise<unknown>) => {
  const report = errorReport(
    await work.then(
      () => new Error("it did not fail"),
      (thrown: unknown) => thrown,
    ),
  );
  return report;
};

const runsOf = async (workspace: string) => {
  const { body } = await stand.call("GET", `workspaces/${workspace}/runs`);
  return body.data.map((run: { attributes: { status: string; "is-destroy": boolean } }) => run.attributes);
};

test("a workspace that is not there holds nothing, and is not made by looking", async () => {
  const { stack, said } = await opened("absent");
  await stack.init();

  expect(said).toEqual([
    expect.stringMatching(/^localhost:\d+ has no workspace absent-bootstrap in acme, or none that your token may see$/),
  ]);
  expect(await stack.addresses()).toEqual([]);
  expect(await stack.ids()).toEqual([]);
  expect((await stand.call("GET", "organizations/acme/workspaces/absent-bootstrap")).status).toBe(404);
});

test("a state is told by its addresses and ids, without data and with what is deposed apart", async () => {
  const resource = (mode: string, instances: object[]) => ({
    mode,
    type: "aws_vpc",
    name: "network",
    provider: "p",
    instances,
  });
  await applied("told", {
    ...stateFile(1),
    resources: [
      resource("managed", [{ attributes: { id: "vpc-1" } }, { deposed: "0a1b2c3d", attributes: { id: "vpc-0" } }]),
      resource("data", [{ attributes: { id: "vpc-2" } }]),
      { ...resource("managed", [{ index_key: "a", attributes: { id: "vpc-3" } }]), module: "module.m" },
    ],
  });
  const { stack } = await opened("told");

  expect(await stack.addresses()).toEqual(["aws_vpc.network", 'module.m.aws_vpc.network["a"]']);
  expect(await stack.addresses("vpc-1")).toEqual(["aws_vpc.network"]);
  expect(await stack.addresses("vpc-0")).toEqual([]);
  expect(await stack.deposedIds()).toEqual(["vpc-0"]);
  expect(await stack.ids()).toEqual(["vpc-1", "vpc-0", "vpc-3"]);
});

test("a destroy run is started, its plan shown, and its apply confirmed here", async () => {
  const workspace = await applied("whole");
  const one = await opened("whole");
  const [plan] = await destroyed(one);

  expect(plan?.changes.map(({ action, address }) => `${action} ${address}`)).toEqual([
    "delete terraform_data.one[0]",
    "delete terraform_data.one[1]",
  ]);
  expect(one.said[0]).toMatch(/^ {2}the run is https:.*\/app\/acme\/workspaces\/whole-bootstrap\/runs\/run-\w+$/);
  expect(one.asked).toEqual([expect.stringMatching(/^Type whole to have run-\w+ destroy whole-bootstrap: $/)]);
  expect(await runsOf(workspace)).toMatchObject([{ status: "applied", "is-destroy": true, "auto-apply": false }]);
  expect(await one.stack.addresses()).toEqual([]);
});

test("whoever does not agree has the run discarded, and nothing destroyed", async () => {
  const workspace = await applied("refused");
  const one = await opened("refused", {
    confirm: async () => {
      throw new Error("no");
    },
  });

  await expect(destroyed(one)).rejects.toThrow("no");
  expect(await runsOf(workspace)).toMatchObject([{ status: "discarded" }]);
  expect(await one.stack.addresses()).toHaveLength(2);
});

test("a run that could not be discarded is named, and why is not hidden by that", async () => {
  const workspace = await applied("kept");
  const one = await opened("kept", {
    confirm: async (question) => {
      const [id = ""] = /run-\w+/.exec(question) ?? [];
      await stand.call("POST", `runs/${id}/actions/discard`, {});
      throw new Error("no");
    },
  });

  await expect(destroyed(one)).rejects.toThrow("no");
  expect(one.said.at(-1)).toMatch(/could not be discarded: see whether it waits still, https:.*run-\w+$/);
  expect(await runsOf(workspace)).toMatchObject([{ status: "discarded" }]);
});

test("a run without a token for the files in Git is warned of, and one with a token is not", async () => {
  const files = {
    ...stateFile(1),
    resources: [
      {
        mode: "managed",
        type: "github_repository_file",
        name: "a",
        provider: "p",
        instances: [{ attributes: { id: "a" } }],
      },
    ],
  };
  const warning = /no-token-bootstrap has no GITHUB_TOKEN: unless its agents have one/;
  const workspace = await applied("no-token", files);
  const without = await opened("no-token");
  await destroyed(without).catch(() => {});
  expect(without.said.join("\n")).toMatch(warning);

  await stand.make(`workspaces/${workspace}/vars`, "vars", { key: "GITHUB_TOKEN", value: "x", category: "env" });
  const having = await opened("no-token");
  await destroyed(having).catch(() => {});
  expect(having.said.join("\n")).not.toMatch(warning);
});

test("the run of a teardown that was interrupted is taken up again, and no second one started", async () => {
  const workspace = await applied("again");
  const run = await stand.run(workspace, { "is-destroy": true, message: "npm run teardown -- again" });
  await stand.until(run.id, "planned");
  const one = await opened("again");
  await destroyed(one);

  expect(one.said[0]).toContain(run.id);
  expect(await runsOf(workspace)).toMatchObject([{ status: "applied" }]);
});

test("a run that waits behind that of an interrupted teardown is in nobody's way", async () => {
  const workspace = await applied("queue");
  const run = await stand.run(workspace, { "is-destroy": true, message: "npm run teardown -- queue" });
  await stand.until(run.id, "planned");
  const behind = await stand.run(workspace, { message: "Triggered by a push" });
  const one = await opened("queue");
  await destroyed(one);

  expect(one.said[0]).toContain(run.id);
  expect((await stand.call("GET", `runs/${run.id}`)).body.data.attributes.status).toBe("applied");
  expect((await stand.call("GET", `runs/${behind.id}`)).body.data.attributes.status).not.toBe("applied");
});

test("another run that waits is in the way, and named with its page", async () => {
  const workspace = await applied("busy");
  stand.hcp.terraform.script({ workspace, plan: { json: planThatCreates }, apply: {} });
  const run = await stand.run(workspace, { message: "Triggered" });
  await stand.until(run.id, "planned");
  const { text, exitCode } = await failed(opened("busy").then(destroyed));

  expect(text).toMatch(
    /^error: busy-bootstrap has another run, which is planned: https:.*run-\w+\n {2}next: confirm or discard/,
  );
  expect(exitCode).toBe(2);
});

test("a workspace that somebody has locked is left alone", async () => {
  const workspace = await applied("locked");
  await stand.call("POST", `workspaces/${workspace}/actions/lock`, {});

  expect((await failed(opened("locked").then(destroyed))).text).toMatch(
    /^error: the workspace locked-bootstrap is locked\n/,
  );
});

test("a workspace that runs nothing is told so, with what sets its mode", async () => {
  const workspace = await applied("local");
  await stand.call("PATCH", `workspaces/${workspace}`, {
    data: { type: "workspaces", attributes: { "execution-mode": "local" } },
  });

  expect((await failed(opened("local").then(destroyed))).text).toMatch(
    /its execution mode is local\n {2}next: apply the stack/,
  );
});

test("a run that fails is shown with the end of what Terraform printed, and its page", async () => {
  const workspace = await applied("broken");
  const log = `${"line\n".repeat(100)}\u001b[31mError: DependencyViolation\u001b[0m`;
  const change = {
    address: "a.b",
    mode: "managed",
    type: "a",
    name: "b",
    change: { actions: ["delete"], before: {}, after: null },
  };
  stand.hcp.terraform.script({
    workspace,
    plan: { json: { format_version: "1.2", terraform_version: "1.11.4", resource_changes: [change] } },
    apply: { fails: true, log },
  });
  const { text } = await failed(opened("broken").then(destroyed));

  expect(text).toMatch(/^error: the run run-\w+ of broken-bootstrap failed\n/);
  expect(text).toContain("Error: DependencyViolation");
  expect(text).not.toContain("\u001b");
  expect(text.split("\n").length).toBeLessThan(40);
  expect(text).toMatch(/\n {2}next: see https:.*\/runs\/run-\w+, and run this again/);
});

test.each([
  ["read", /lets you start no run in rights-read-bootstrap\n {2}next: log in as somebody who may/],
  ["plan", /does not let you apply run-\w+\n {2}next: somebody who may apply there confirms it/],
])("a token that may only %s is told what it may not", async (permission, words) => {
  const cluster = `rights-${permission}`;
  await applied(cluster);
  const { token } = await stand.control("POST", "tokens", { organization: "acme", kind: "team", permission });

  expect((await failed(opened(cluster, {}, token).then(destroyed))).text).toMatch(words);
});

test("a token that may not read a plan has its page said in place of it", async () => {
  await applied("writer");
  const { token } = await stand.control("POST", "tokens", { organization: "acme", kind: "team", permission: "write" });
  const one = await opened("writer", {}, token);

  expect(await destroyed(one)).toEqual([]);
  expect(one.said).toContain(
    "  your token may not read its plan, as those who administer the workspace may: see its page",
  );
});

test("what goes with the cluster is taken out of the state, and all else stays in it", async () => {
  const workspace = await applied("forgets", {
    ...stateFile(1),
    resources: ["a", "b"].map((name) => ({
      mode: "managed",
      type: "helm_release",
      name,
      provider: "p",
      instances: [{ attributes: { id: name } }],
    })),
  });
  const { stack } = await opened("forgets");
  await stack.forget(["helm_release.a"]);

  expect(await stack.addresses()).toEqual(["helm_release.b"]);
  expect((await stand.call("GET", `workspaces/${workspace}`)).body.data.attributes.locked).toBe(false);
});
