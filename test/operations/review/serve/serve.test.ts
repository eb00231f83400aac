import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

import { errorReport } from "../../../../operations/command/report-error";
import { serveRunTask } from "../../../../operations/review/serve/serve";
import type { ServeRequest } from "../../../../operations/review/serve-options";
import { payload, type RunTaskHost, signature, startRunTaskHost } from "../../../support/run-task-host";

const key = "a-key-that-nobody-else-has";
const fixtures = resolve("test", "operations", "review", "fixtures");
/** A plan that replaces nodes, and one that adds a subnet. */
const dangerous = readFileSync(join(fixtures, "bootstrap-instance-type.json"), "utf8");
const harmless = readFileSync(join(fixtures, "network-an-endpoint-added.json"), "utf8");

const said: string[] = [];
const ends: (() => Promise<void> | void)[] = [];
let plan = harmless;
let hcp: RunTaskHost;

// Every program that makes a temporary folder removes it at its exit: here, many are one process.
process.setMaxListeners(0);

beforeEach(async () => {
  said.length = 0;
  plan = harmless;
  hcp = await startRunTaskHost((_, response) => response.writeHead(200).end(plan));
  jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) {
    await end();
  }
  hcp.end();
  jest.restoreAllMocks();
});

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), "serve-test-"));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Served {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts a run task; it ends with the test. */
async function served(changed: Partial<ServeRequest> = {}): Promise<Served> {
  const interruption = new AbortController();
  const before = said.length;
  const request: ServeRequest = {
    address: { host: "127.0.0.1", port: 0 },
    hcpHost: hcp.host,
    publicUrl: undefined,
    dataFolder: undefined,
    failOn: "danger",
    silences: undefined,
    ...changed,
  };
  const environment: NodeJS.ProcessEnv = { RUN_TASK_HMAC_KEY: key };
  const done = serveRunTask(request, { environment, signal: interruption.signal, agent: hcp.agent });
  // No program that it starts gets the key.
  expect(environment).toEqual({});
  const stop = async () => {
    interruption.abort();
    await done;
  };
  ends.push(stop);
  const line = await Promise.race([saidLine(/listens on (http:\S+)/, before), done.then(() => "")]);
  return { url: /listens on (http:\S+)/.exec(line)?.[1] ?? "", stop };
}

/** Waits for a line that is said. */
async function saidLine(words: RegExp, from = 0): Promise<string> {
  for (;;) {
    const line = said.slice(from).find((one) => words.test(one));
    if (line !== undefined) {
      return line;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function post(url: string, body: string, sign = signature(body, key)): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body,
    headers: { "x-tfc-task-signature": sign, "content-type": "application/json" },
  });
}

test("a plan without danger passes: running first, then the verdict, each with the run's own token", async () => {
  const { url } = await served();
  const answer = await post(url, payload(hcp.host, "taskrs-1"));

  expect({ status: answer.status, body: await answer.text() }).toEqual({ status: 200, body: "" });
  expect(await hcp.finalResult("taskrs-1")).toEqual({
    status: "passed",
    message: expect.stringMatching(/^demo-network: \d+ to add/),
  });
  expect(hcp.results("taskrs-1").map(({ status }) => status)[0]).toBe("running");
  expect(hcp.asked.map(({ request, authorization }) => [request, authorization]).slice(0, 3)).toEqual([
    ["PATCH app.terraform.test/api/v2/task-results/taskrs-1/callback", "Bearer run.atlasv1.token-of-taskrs-1"],
    ["GET app.terraform.test/api/v2/plans/plan-taskrs-1/json-output", "Bearer run.atlasv1.token-of-taskrs-1"],
    ["GET archivist.terraform.test/object/plan", undefined],
  ]);
  expect(await saidLine(/run-taskrs-1/)).toMatch(
    /^\d{4}-\d\d-\d\dT[\d:.]+Z run-taskrs-1 of acme\/demo-network: passed: demo-network: .* \(\d+ ms\)\n$/,
  );
  expect(said.join("")).not.toContain("atlasv1");
});

test("a plan with a danger fails, with each finding as an outcome and a page that is kept", async () => {
  plan = dangerous;
  const { url } = await served({ publicUrl: new URL("https://review.example/") });
  await post(url, payload(hcp.host, "taskrs-1"));
  const final = await hcp.finalResult("taskrs-1");

  expect(final).toMatchObject({ status: "failed", message: expect.stringMatching(/^demo-network: .*to replace/) });
  const told = hcp.results("taskrs-1").find(({ outcomes }) => outcomes);
  expect(told).toMatchObject({ status: "running" });
  expect(told?.outcomes?.[0]).toMatchObject({
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": expect.stringMatching(/^[a-z-]+-[\da-f]{12}$/),
      tags: { Severity: [{ label: "Danger", level: "error" }] },
      body: expect.stringContaining("```diff"),
    },
  });
  const { pathname, origin } = new URL(final.url ?? "");
  expect({ origin, pathname }).toEqual({
    origin: "https://review.example",
    pathname: expect.stringMatching(/^\/reports\/[\w-]{43}$/),
  });
  const page = await fetch(new URL(pathname, url));
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(await page.text()).toContain("<title>Plan review of demo-network</title>");
  expect(said.join("")).not.toContain(pathname);
});

test("with --fail-on never, no plan fails, and a host that takes no outcomes gets none", async () => {
  plan = dangerous;
  const { url } = await served({ failOn: "never" });
  await post(url, payload(hcp.host, "taskrs-1", { capabilities: undefined }));

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
  expect(hcp.results("taskrs-1").filter(({ outcomes }) => outcomes)).toEqual([]);
});

test("outcomes that are refused change nothing of the result", async () => {
  plan = dangerous;
  const { url } = await served();
  hcp.answers["/api/v2/task-results/taskrs-1/callback"] = (_, response) => {
    const told = hcp.results("taskrs-1").at(-1);
    response.writeHead(told?.outcomes ? 422 : 200).end("{}");
  };
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({
    status: "failed",
    message: expect.stringMatching(/replace/),
  });
});

test("what a payload names stays on one line of the log", async () => {
  const { url } = await served();
  const name = "demo\n2026-11-27T21:00:00.000Z run-1 of acme/other: passed\u202e";
  await post(url, payload(hcp.host, "taskrs-1", { workspace_name: name, run_id: "run\r1" }));
  await hcp.finalResult("taskrs-1");

  expect(await saidLine(/acme\//)).toMatch(
    /^[\dTZ:.-]+ run\\u\{d\}1 of acme\/demo\\n2026-11.*\\u\{202e\}: passed: .*\n$/,
  );
});

test("HCP Terraform's test of the address is answered, and nobody is asked", async () => {
  const { url } = await served();
  const body = JSON.stringify({ payload_version: 1, stage: "test", access_token: "test-token", run_id: "run-1" });

  expect((await post(url, body)).status).toBe(200);
  expect(hcp.asked).toEqual([]);
});

describe("a request that is not HCP Terraform's", () => {
  const body = () => payload(hcp.host, "taskrs-1");

  test.each<[string, () => [string, string], number]>([
    ["is signed with another key", () => [body(), signature(body(), "another-key-than-ours")], 401],
    ["has no signature", () => [body(), ""], 401],
    ["has another body than was signed", () => [body(), signature(`${body()} `, key)], 401],
    ["has a signature that is none", () => [body(), "0".repeat(127)], 401],
    ["tests the address with another key", () => ['{"access_token":"test-token"}', "0".repeat(128)], 401],
    ["is no JSON", () => ["{", signature("{", key)], 400],
    ["is no payload", () => ["[]", signature("[]", key)], 400],
  ])("is refused if it %s", async (_, make, status) => {
    const { url } = await served();
    const [text, sign] = make();
    const answer = await post(url, text, sign);

    expect({ status: answer.status, body: await answer.text() }).toEqual({ status, body: "" });
    expect(hcp.asked).toEqual([]);
    expect(said.at(-1)).toMatch(/refused a body/);
  });

  test.each([
    ["task_result_callback_url", "https://elsewhere.example/api/v2/task-results/1/callback"],
    ["task_result_callback_url", "http://HOST/api/v2/task-results/1/callback"],
    ["task_result_callback_url", "https://user:secret@HOST/api/v2/task-results/1/callback"],
    ["task_result_callback_url", "https://HOST.elsewhere.example/api/v2"],
    ["task_result_callback_url", "https://app.terraform.test/api/v2/task-results/1/callback"],
    ["plan_json_api_url", "https://169.254.169.254/latest/meta-data"],
    ["plan_json_api_url", "https://localhost/"],
    ["plan_json_api_url", "file:///etc/passwd"],
    ["plan_json_api_url", "/api/v2/plans/plan-1/json-output"],
  ])("is refused if its %s is %s, since nobody else than the host is asked", async (member, value) => {
    const { url } = await served();
    const text = payload(hcp.host, "taskrs-1", { [member]: value.replace("HOST", hcp.host) });

    expect((await post(url, text)).status).toBe(400);
    expect(said.at(-1)).toContain(`refused a ${member} that is not of https://${hcp.host}`);
    expect(hcp.asked).toEqual([]);
  });

  test("is refused before it is read, if it is too large", async () => {
    const { url } = await served();
    const answer = await post(url, "x".repeat(1_100_000), "0".repeat(128)).catch(() => ({ status: 413 }));

    expect(answer.status).toBe(413);
    expect(said.at(-1)).toContain("refused a body of more than 1048576 bytes");
  });

  test("has no other path and no other method", async () => {
    const { url } = await served({ publicUrl: new URL("https://review.example/") });
    const status = async (path: string, method: string) => (await fetch(new URL(path, url), { method })).status;

    expect(await status("/", "GET")).toBe(405);
    expect(await status("/other", "POST")).toBe(404);
    expect(await status("/healthz", "POST")).toBe(405);
    expect(await status("/reports/..%2f..%2fetc%2fpasswd", "GET")).toBe(404);
    expect(await status(`/reports/${"a".repeat(43)}`, "GET")).toBe(404);
  });
});

test("many forged requests are one line and a count", async () => {
  const { url, stop } = await served();
  for (let count = 0; count < 5; count += 1) {
    await post(url, "{}", "");
  }
  await stop();

  expect(said.filter((line) => line.includes("refused")).map((line) => line.slice(25))).toEqual([
    "refused a body that was not signed with the key\n",
    "refused 4 more\n",
  ]);
});

test("the same request twice is one review and one result", async () => {
  const { url, stop } = await served();
  const body = payload(hcp.host, "taskrs-1");
  const [one, other] = await Promise.all([post(url, body), post(url, body)]);
  await hcp.finalResult("taskrs-1");
  const later = await post(url, body);
  await stop();

  expect([one.status, other.status, later.status]).toEqual([200, 200, 200]);
  expect(hcp.results("taskrs-1").filter(({ status }) => status !== "running")).toHaveLength(1);
  expect(said.filter((line) => line.includes("run-taskrs-1"))).toHaveLength(1);
});

test("a replayed request whose token is over leads to nothing", async () => {
  const { url } = await served();
  hcp.answers["/api/v2/task-results/taskrs-1/callback"] = (_, response) => response.writeHead(401).end("{}");

  expect((await post(url, payload(hcp.host, "taskrs-1"))).status).toBe(200);
  expect(await saidLine(/run-taskrs-1/)).toContain("no result: app.terraform.test");
  expect(hcp.asked.map(({ request }) => request.split(" ")[0])).toEqual(["PATCH"]);
});

test.each([
  ["another host", (archivist: string) => `https://elsewhere.example/${archivist}`],
  ["plain HTTP", (archivist: string) => `http://${archivist}/object/plan`],
  ["another port", () => "https://archivist.terraform.test/object/plan"],
])("a redirect to %s is not followed", async (_, location) => {
  const { url } = await served();
  hcp.answers["/api/v2/plans/plan-taskrs-1/json-output"] = (_request, response) =>
    response.writeHead(307, { location: location(hcp.archivist) }).end();
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toEqual({
    status: "failed",
    message: expect.stringMatching(/^not reviewed: \S+ redirects the plan to another host than itself and archivist\./),
  });
  expect(hcp.asked.filter(({ request }) => request.includes("/object/"))).toEqual([]);
});

test("a second redirect is not followed, and one to the host itself is, without the token", async () => {
  const { url } = await served();
  hcp.answers["/api/v2/plans/plan-taskrs-1/json-output"] = (_, response) =>
    response.writeHead(307, { location: "/_archivist/1" }).end();
  hcp.answers["/_archivist/1"] = (_, response) => response.writeHead(307, { location: "/_archivist/2" }).end();
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({
    status: "failed",
    message: expect.stringContaining("307"),
  });
  expect(hcp.asked.filter(({ request }) => request.includes("_archivist"))).toEqual([
    { request: "GET app.terraform.test/_archivist/1", authorization: undefined, body: "" },
  ]);
});

test.each([
  ["pre_plan", { stage: "pre_plan", plan_json_api_url: undefined }],
  ["pre_apply", { stage: "pre_apply" }],
])("asked at %s, it says where it belongs", async (stage, changed) => {
  const { url } = await served();
  await post(url, payload(hcp.host, "taskrs-1", changed));

  expect(await hcp.finalResult("taskrs-1")).toEqual({
    status: "failed",
    message: `not reviewed: it reviews plans, and was asked at '${stage}': attach it to the stage post-plan`,
  });
});

test("a plan that cannot be read fails, in words that hold nothing of it", async () => {
  plan = '{"secret": "hunter2"}';
  const { url } = await served();
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toEqual({
    status: "failed",
    message: "not reviewed: demo-network: this JSON is no plan",
  });
});

test("what breaks once is asked again: a result, a plan, a plan's end", async () => {
  const { url } = await served();
  const once = (path: string, fault: (typeof hcp.answers)[string]) => {
    hcp.answers[path] = (request, response) => {
      hcp.answers[path] = undefined;
      fault?.(request, response);
    };
  };
  once("/api/v2/task-results/taskrs-1/callback", (request) => request.socket.destroy());
  once("/api/v2/plans/plan-taskrs-1/json-output", (_, response) => response.writeHead(503).end());
  once("/object/plan", (request, response) => {
    response.writeHead(200, { "content-length": plan.length });
    response.write(plan.slice(0, 1000), () => request.socket.destroy());
  });
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
});

test("a plan may come compressed", async () => {
  const { url } = await served();
  hcp.answers["/object/plan"] = (request, response) => {
    expect(request.headers["accept-encoding"]).toBe("gzip");
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(plan));
  };
  await post(url, payload(hcp.host, "taskrs-1"));

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
});

test("two are reviewed at a time, a hundred wait, and one more is to come again", async () => {
  const { url, stop } = await served();
  const held: (() => void)[] = [];
  hcp.answers["/object/plan"] = (_, response) => void held.push(() => response.writeHead(200).end(plan));
  const statuses: number[] = [];
  for (let count = 0; count < 104; count += 1) {
    const { status } = await post(url, payload(hcp.host, `taskrs-${count}`));
    statuses.push(status);
    while (count < 102 && hcp.results(`taskrs-${count}`).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  while (held.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }

  expect(statuses.filter((status) => status === 503)).toHaveLength(2);
  expect(held).toHaveLength(2);

  // What waits is told at once that it will not be reviewed; what is being reviewed has time.
  const stopped = stop();
  expect(await hcp.finalResult("taskrs-101")).toEqual({
    status: "failed",
    message: "not reviewed: the review was stopped before its end; start the run again",
  });
  expect((await fetch(new URL("/healthz", url))).status).toBe(503);
  expect((await post(url, payload(hcp.host, "taskrs-late"))).status).toBe(503);
  for (const release of held) {
    release();
  }
  await stopped;
  expect(await hcp.finalResult("taskrs-0")).toMatchObject({ status: "passed" });
  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
});

test("a hundred and two that come at the same moment are taken, and no more", async () => {
  const { url } = await served();
  const held: (() => void)[] = [];
  hcp.answers["/object/plan"] = (_, response) => void held.push(() => response.writeHead(404).end());
  const bodies = Array.from({ length: 110 }, (_, count) => payload(hcp.host, `taskrs-${count}`));
  const answers = await Promise.all(bodies.map((body) => post(url, body)));

  expect(answers.filter(({ status }) => status === 503).map(({ headers }) => headers.get("retry-after"))).toEqual(
    Array.from({ length: 8 }, () => "30"),
  );
  expect(said.filter((line) => line.includes("no room"))).toHaveLength(1);
  // At the end, those that wait are told that they are not reviewed.
  hcp.answers["/object/plan"] = (_, response) => response.writeHead(404).end();
  for (const release of held) {
    release();
  }
});

test("while a review takes its time, HCP Terraform hears every four minutes that it goes on", async () => {
  jest.useFakeTimers({
    doNotFake: ["setTimeout", "setImmediate", "nextTick", "performance", "Date", "queueMicrotask"],
  });
  const { url } = await served();
  const held: (() => void)[] = [];
  hcp.answers["/object/plan"] = (_, response) => void held.push(() => response.writeHead(200).end(plan));
  await post(url, payload(hcp.host, "taskrs-1"));
  while (held.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  jest.advanceTimersByTime(500_000);
  while (hcp.results("taskrs-1").length < 3) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  jest.useRealTimers();
  held[0]?.();

  expect(hcp.results("taskrs-1").map(({ status }) => status)).toEqual(["running", "running", "running"]);
  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
});

test("a client that is gone before its answer, and one that sends nothing, are nobody's trouble", async () => {
  const { url } = await served();
  const port = Number(new URL(url).port);
  const silent = connect(port, "127.0.0.1").resume();
  const gone = httpRequest(url, { method: "POST", headers: { "content-length": "1000" } });
  gone.on("error", () => {});
  gone.write("{");
  await new Promise((resolve) => setTimeout(resolve, 50));
  gone.destroy();

  expect(await (await fetch(new URL("/healthz", url))).text()).toBe("ok\n");
  await once(silent, "close");
  expect(await (await fetch(new URL("/healthz", url))).text()).toBe("ok\n");
}, 30_000);

test("what was in work when the program was killed goes on at its next start, and its token is in no file", async () => {
  const dataFolder = temporary();
  const held: (() => void)[] = [];
  hcp.answers["/object/plan"] = (_, response) => void held.push(() => response.writeHead(200).end(plan));
  const killed = await served({ dataFolder });
  await post(killed.url, payload(hcp.host, "taskrs-1"));
  const unfinished = join(dataFolder, "unfinished");
  const [file = ""] = readdirSync(unfinished);
  expect(readFileSync(join(unfinished, file), "latin1")).not.toMatch(/atlasv1|taskrs|acme/);

  // The killed one is held where it is; another takes its place.
  hcp.answers["/object/plan"] = undefined;
  await served({ dataFolder });

  expect(await hcp.finalResult("taskrs-1")).toMatchObject({ status: "passed" });
  expect(await saidLine(/run-taskrs-1/)).toContain("passed");
  expect(readdirSync(unfinished)).toEqual([]);
  for (const release of held) {
    release();
  }
});

test("a result that could not be told while the program ended is told after its next start", async () => {
  const dataFolder = temporary();
  const answerPath = "/api/v2/task-results/taskrs-1/callback";
  const held: (() => void)[] = [];
  hcp.answers["/object/plan"] = (_, response) => void held.push(() => response.writeHead(200).end(plan));
  const first = await served({ dataFolder });
  await post(first.url, payload(hcp.host, "taskrs-1"));
  while (held.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  hcp.answers[answerPath] = (_, response) => response.writeHead(422).end();
  const stopped = first.stop();
  held[0]?.();
  await stopped;
  expect(said.at(-1)).toContain("no result: ");

  hcp.answers[answerPath] = hcp.answers["/object/plan"] = undefined;
  const before = said.length;
  await served({ dataFolder });
  expect(await saidLine(/run-taskrs-1/, before)).toContain("passed");
  expect(readdirSync(join(dataFolder, "unfinished"))).toEqual([]);
});

test("pages outlive the program in --data", async () => {
  const dataFolder = temporary();
  const publicUrl = new URL("https://review.example/");
  const first = await served({ dataFolder, publicUrl });
  await post(first.url, payload(hcp.host, "taskrs-1"));
  const { url: page = "" } = await hcp.finalResult("taskrs-1");
  await first.stop();
  const second = await served({ dataFolder, publicUrl });

  expect((await fetch(new URL(new URL(page).pathname, second.url))).status).toBe(200);
  expect(existsSync(join(dataFolder, "plan.json"))).toBe(false);
});

describe("what keeps it from starting is said with a way out", () => {
  const request: ServeRequest = {
    address: { host: "127.0.0.1", port: 0 },
    hcpHost: "app.terraform.test",
    publicUrl: undefined,
    dataFolder: undefined,
    failOn: "danger",
    silences: undefined,
  };
  const error = async (changed: Partial<ServeRequest>, environment: NodeJS.ProcessEnv) => {
    const { signal } = new AbortController();
    const thrown = await serveRunTask({ ...request, ...changed }, { environment, signal }).catch((one) => one);
    return errorReport(thrown).text;
  };

  test("no key", async () => {
    expect(await error({}, {})).toMatch(
      /^error: there is no HMAC key in RUN_TASK_HMAC_KEY: .*\n {2}next: RUN_TASK_HMAC_KEY=\$\(openssl rand -hex 32\)/,
    );
  });

  test("a key that can be guessed", async () => {
    expect(await error({}, { RUN_TASK_HMAC_KEY: "secret" })).toMatch(/fewer than 16 characters\n {2}next: /);
  });

  test("a key with a line end, as of a file", async () => {
    expect(await error({}, { RUN_TASK_HMAC_KEY: `${key}\n` })).toMatch(/begins or ends with a space .*\n {2}next: /);
  });

  test("a folder that is none, and silences that are none", async () => {
    const file = join(temporary(), "file");
    writeFileSync(file, "- rule: no-rule\n");

    expect(await error({ dataFolder: join(file, "data") }, { RUN_TASK_HMAC_KEY: key })).toMatch(
      /^error: nothing can be kept in \S+data: ENOTDIR.*\n {2}next: name a folder/,
    );
    expect(await error({ silences: file }, { RUN_TASK_HMAC_KEY: key })).toMatch(/^error: \S+file has \d+ mistakes\n/);
  });

  test("a folder in which there is no program to review plans", async () => {
    const here = process.cwd();
    process.chdir(temporary());
    const text = await error({}, { RUN_TASK_HMAC_KEY: key });
    process.chdir(here);

    expect(text).toMatch(/^error: scripts\/run\.mjs is not here, .*\n {2}next: start it in the project's folder/);
  });

  test("a port that is taken", async () => {
    const { url } = await served();
    const port = Number(new URL(url).port);

    expect(await error({ address: { host: "127.0.0.1", port } }, { RUN_TASK_HMAC_KEY: key })).toBe(
      `error: port ${port} of 127.0.0.1 is taken\n  next: choose another: --serve 8080, or --serve 0 for any port that is free\n`,
    );
  });

  test("an address of another machine", async () => {
    expect(await error({ address: { host: "192.0.2.1", port: 0 } }, { RUN_TASK_HMAC_KEY: key })).toMatch(
      /^error: 192\.0\.2\.1 is no address of this machine\n/,
    );
  });
});
