import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { payload, type RunTaskHost, signature, startRunTaskHost } from "../../../support/run-task-host";

// The program as it is started: `npm run review -- --serve`.

const key = "a-key-that-nobody-else-has";
const plan = readFileSync(
  resolve("test", "operations", "review", "fixtures", "network-an-endpoint-added.json"),
  "utf8",
);
const folder = mkdtempSync(join(tmpdir(), "serve-program-"));
const authority = join(folder, "ca.pem");
const started: ChildProcess[] = [];
let hcp: RunTaskHost;

beforeAll(async () => {
  // Terraform Enterprise keeps plans at its own host.
  hcp = await startRunTaskHost(plan, ["localhost"]);
  writeFileSync(authority, hcp.certificate);
});

afterEach(() => {
  for (const child of started.splice(0)) {
    child.kill("SIGKILL");
  }
});

afterAll(() => {
  hcp.end();
  rmSync(folder, { recursive: true });
});

interface Program {
  readonly child: ChildProcess;
  readonly said: { output: string; errors: string };
  readonly ended: Promise<[number | null, NodeJS.Signals | null]>;
}

function start(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = { RUN_TASK_HMAC_KEY: key },
): Program {
  const program = ["scripts/run.mjs", "operations/review/main.ts", "--hcp-host", hcp.host, ...words];
  const child = spawn(process.execPath, program, {
    env: { PATH: process.env["PATH"], TMPDIR: folder, NODE_EXTRA_CA_CERTS: authority, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const said = { output: "", errors: "" };
  child.stdout.on("data", (text) => {
    said.output += text;
  });
  child.stderr.on("data", (text) => {
    said.errors += text;
  });
  return { child, said, ended: once(child, "close") as Program["ended"] };
}

/** Waits until the program listens, and returns where. */
async function urlOf({ said }: Program): Promise<string> {
  for (;;) {
    const [, url] = /listens on (http:\S+)/.exec(said.output) ?? [];
    if (url !== undefined) {
      return url;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function post(url: string, body: string): Promise<Response> {
  return fetch(url, { method: "POST", body, headers: { "x-tfc-task-signature": signature(body, key) } });
}

test("SIGTERM ends it with 0, once what is in work has its result, and nothing stays in the temporary folder", async () => {
  const program = start(["--serve", "0"]);
  const url = await urlOf(program);
  await post(url, payload(hcp.host, "taskrs-1"));
  program.child.kill("SIGTERM");

  expect(await program.ended).toEqual([0, null]);
  expect(program.said.errors).toBe("");
  expect(["passed", "failed"]).toContain((await hcp.finalResult("taskrs-1")).status);
  expect(program.said.output.split("\n").map((line) => line.replace(/^\S+ /, ""))).toEqual([
    expect.stringMatching(/^listens on http:\/\/127\.0\.0\.1:\d+ for run tasks of localhost:\d+$/),
    "ends: takes no task any more",
    expect.stringMatching(/^run-taskrs-1 of acme\/demo-network: (passed|failed): /),
    "",
  ]);
  expect(readdirSync(folder).filter((name) => name.includes("run-task"))).toEqual([]);
});

test("a result that HCP Terraform does not take at once is told again, also after SIGTERM", async () => {
  const answerPath = "/api/v2/task-results/taskrs-3/callback";
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    hcp.answers["/object/plan"] = (_, response) => {
      release = () => response.writeHead(200).end(plan);
      resolve();
    };
  });
  const program = start(["--serve", "0"]);
  await post(await urlOf(program), payload(hcp.host, "taskrs-3", { capabilities: null }));
  await held;
  hcp.answers["/object/plan"] = undefined;
  hcp.answers[answerPath] = (_, response) => {
    hcp.answers[answerPath] = undefined;
    response.writeHead(503).end();
  };
  program.child.kill("SIGTERM");
  while (!program.said.output.includes("ends: ")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  release();

  expect(await program.ended).toEqual([0, null]);
  expect(program.said.output).toContain("run-taskrs-3 of acme/demo-network: passed: ");
  expect(hcp.results("taskrs-3").map(({ status }) => status)).toContain("passed");
});

test("what it was at when it was killed has its result after the next start", async () => {
  const data = join(folder, "data");
  hcp.answers["/object/plan"] = () => {};
  const killed = start(["--serve", "0", "--data", data]);
  await post(await urlOf(killed), payload(hcp.host, "taskrs-2"));
  killed.child.kill("SIGKILL");
  await killed.ended;
  hcp.answers["/object/plan"] = undefined;
  const next = start(["--serve", "0", "--data", data]);

  expect(await hcp.finalResult("taskrs-2")).toMatchObject({ status: "passed" });
  await urlOf(next);
  next.child.kill("SIGINT");
  expect(await next.ended).toEqual([0, null]);
});

test("it does not start without a key, and says where it belongs", async () => {
  const program = start(["--serve", "0"], {});

  expect(await program.ended).toEqual([1, null]);
  expect(program.said).toEqual({
    output: "",
    errors: expect.stringMatching(
      /^error: there is no HMAC key in RUN_TASK_HMAC_KEY: .*\n {2}next: RUN_TASK_HMAC_KEY=.*\n$/,
    ),
  });
});
