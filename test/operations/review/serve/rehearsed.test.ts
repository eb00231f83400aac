import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";

import { HcpForTests } from "../../../support/hcp";

// The program beside the stand-in for HCP Terraform: runs ask it, and go on or end by what it says.

const key = "a-key-that-nobody-else-has";
const fixtures = resolve("test", "operations", "review", "fixtures");
const planOf = (name: string) => JSON.parse(readFileSync(join(fixtures, `${name}.json`), "utf8"));
const dangerous = planOf("bootstrap-instance-type");
const harmless = planOf("network-an-endpoint-added");

const hcp = HcpForTests.forTests({ tls: true, archivist: "beside", taskRetryDelay: 4_000 });
let port = 0;
let program: ChildProcess | undefined;

beforeAll(async () => {
  const agent = new Agent({ ca: readFileSync(hcp.hcp.certificate ?? "") });
  // Node's fetch trusts what it was told at the start of the process.
  jest.spyOn(hcp, "request").mockImplementation(async (method, url, body, headers) => {
    const call = request(url, { method, agent, headers: { "content-type": "application/vnd.api+json", ...headers } });
    call.end(body === undefined || typeof body === "string" ? body : JSON.stringify(body));
    const [response] = (await once(call, "response")) as [IncomingMessage];
    const answer = await text(response);
    return {
      status: response.statusCode ?? 0,
      headers: new Headers(),
      body: answer === "" ? null : JSON.parse(answer),
    };
  });
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as { port: number }).port;
  await new Promise((done) => server.close(done));
});

afterEach(async () => {
  const ended = program === undefined ? undefined : once(program, "close");
  program?.kill("SIGTERM");
  program = undefined;
  expect((await ended)?.[0] ?? 0).toBe(0);
});

/** Starts the program at the address that the task has. */
async function start(): Promise<void> {
  const words = ["--serve", `${port}`, "--hcp-host", hcp.hcp.host, "--public-url", "https://review.example"];
  program = spawn(process.execPath, ["scripts/run.mjs", "operations/review/main.ts", ...words], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: hcp.hcp.certificate, RUN_TASK_HMAC_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of program.stdout ?? []) {
    if (String(line).includes("listens on")) {
      program.stdout?.resume();
      return;
    }
  }
}

const settings = (name: string, hmacKey = key) => ({
  data: {
    type: "tasks",
    attributes: { name, url: `http://127.0.0.1:${port}/`, "hmac-key": hmacKey, category: "task" },
  },
});

/** Makes a workspace whose runs are reviewed after their plan. */
async function workspaceWithTask(name: string, enforcement: "advisory" | "mandatory"): Promise<string> {
  const present = (await hcp.call("GET", "organizations/acme/tasks")).body.data;
  const task = present[0] ?? (await hcp.call("POST", "organizations/acme/tasks", settings("plan-review"))).body.data;
  const workspace = await hcp.workspaceWithConfiguration(name);
  const relationships = { task: { data: { type: "tasks", id: task.id } } };
  const attributes = { "enforcement-level": enforcement, stages: ["post_plan"] };
  await hcp.make(`workspaces/${workspace}/tasks`, "workspace-tasks", attributes, relationships);
  return workspace;
}

async function runWith(workspace: string, name: string, plan: object, ...statuses: readonly string[]) {
  await hcp.control("POST", "terraform", { workspace: name, plan: { json: plan } });
  const { id } = await hcp.run(workspace);
  await hcp.until(id, ...statuses);
  const [stage] = (await hcp.call("GET", `runs/${id}/task-stages`)).body.data;
  const [{ id: result }] = stage.relationships["task-results"].data;
  const { attributes } = (await hcp.call("GET", `task-results/${result}`)).body.data;
  const outcomes = (await hcp.call("GET", `task-results/${result}/outcomes`)).body.data;
  return { stage: stage.attributes.status, ...attributes, outcomes };
}

test("HCP Terraform takes its address once it answers the test, with the right key alone", async () => {
  expect((await hcp.call("POST", "organizations/acme/tasks", settings("silent"))).status).toBe(422);
  await start();
  expect((await hcp.call("POST", "organizations/acme/tasks", settings("forged", "another-key"))).status).toBe(422);
  const { status, body } = await hcp.call("POST", "organizations/acme/tasks", settings("tried"));
  expect(status).toBe(201);
  await hcp.call("DELETE", `tasks/${body.data.id}`);
});

test("a mandatory task lets a harmless plan pass, and ends the run of a dangerous one", async () => {
  await start();
  const workspace = await workspaceWithTask("mandatory", "mandatory");

  expect(await runWith(workspace, "mandatory", dangerous, "errored")).toMatchObject({
    stage: "failed",
    status: "failed",
    message: expect.stringMatching(/^mandatory: .*to replace/),
    url: expect.stringMatching(/^https:\/\/review\.example\/reports\/[\w-]{43}$/),
  });
  expect(await runWith(workspace, "mandatory", harmless, "planned", "post_plan_completed")).toMatchObject({
    status: "passed",
    message: expect.stringMatching(/^mandatory: 3 to add/),
  });
});

test("an advisory one shows what it found, and lets the run wait for somebody's word", async () => {
  await start();
  const workspace = await workspaceWithTask("advisory", "advisory");
  const { status, outcomes } = await runWith(workspace, "advisory", dangerous, "planned", "post_plan_completed");

  expect(status).toBe("failed");
  expect(outcomes[0].attributes).toMatchObject({
    "outcome-id": expect.stringMatching(/^[a-z-]+-[\da-f]{12}$/),
    tags: { Severity: [{ label: "Danger", level: "error" }] },
    body: expect.stringContaining("```diff"),
  });
});

test("calls that fail once change nothing: results, the plan's address, the plan, an answer that is lost", async () => {
  await start();
  const workspace = await workspaceWithTask("faulty", "mandatory");
  for (const fault of [
    { method: "PATCH", path: "/task-results/*", status: 503 },
    { method: "PATCH", path: "/task-results/*", close: true, after: true },
    { method: "GET", path: "/plans/*/json-output", status: 500 },
    { method: "GET", path: "/_archivist/*", close: true },
  ]) {
    await hcp.control("POST", "fail", { ...fault, times: 1 });
  }

  expect(await runWith(workspace, "faulty", harmless, "planned", "post_plan_completed")).toMatchObject({
    status: "passed",
  });
});

test("a run that comes while it is not there waits for it", async () => {
  await start();
  const workspace = await workspaceWithTask("waiting", "mandatory");
  const ended = program === undefined ? undefined : once(program, "close");
  program?.kill("SIGTERM");
  await ended;
  const run = runWith(workspace, "waiting", harmless, "planned", "post_plan_completed");
  await new Promise((done) => setTimeout(done, 500));
  await start();

  expect(await run).toMatchObject({ status: "passed" });
});
