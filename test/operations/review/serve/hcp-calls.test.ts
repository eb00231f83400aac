import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { archivistOf, fetchPlan, type HcpHost, sendResult } from "../../../../operations/review/serve/hcp-calls";
import { readPayload } from "../../../../operations/review/serve/payload";
import { type Answer, payload, type RunTaskHost, startRunTaskHost } from "../../../support/run-task-host";

const plan = JSON.stringify({ format_version: "1.2", text: "x".repeat(10_000) });
const folder = mkdtempSync(join(tmpdir(), "hcp-calls-"));
const file = join(folder, "plan.json");
const { signal } = new AbortController();
let host: RunTaskHost;
let hcp: HcpHost;

beforeAll(async () => {
  host = await startRunTaskHost(plan);
  hcp = { name: host.host, agent: host.agent };
});

afterAll(() => {
  host.end();
  rmSync(folder, { recursive: true });
});

const planUrl = () => new URL(`https://${host.host}/api/v2/plans/plan-1/json-output`);

test.each([
  ["app.terraform.io", "archivist.terraform.io"],
  ["app.eu.terraform.io", "archivist.eu.terraform.io"],
  ["tfe.example.com:8443", "archivist.example.com:8443"],
  ["localhost:8443", "localhost:8443"],
  ["[::1]:8443", "[::1]:8443"],
])("plans of %s are kept at %s", (host, archivist) => {
  expect(archivistOf(host)).toBe(archivist);
});

test.each<[string, Answer]>([
  [
    "breaks off",
    ({ socket }, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("x", () => socket.destroy());
    },
  ],
  ["never ends", (_, response) => void response.writeHead(200).write("x")],
])("a result is told as soon as its status is there, even if the answer's body %s", async (_, answer) => {
  const told = readPayload(payload(host.host, "taskrs-1"), host.host);
  if (told === undefined) {
    throw new Error("no task");
  }
  host.answers["/api/v2/task-results/taskrs-1/callback"] = answer;
  const call = new AbortController();
  const before = host.asked.length;

  await expect(sendResult(hcp, told, "{}", call.signal)).resolves.toBeUndefined();
  call.abort();
  expect(host.asked).toHaveLength(before + 1);
});

test.each<[string, Answer]>([
  ["no gzip", (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end("no gzip")],
  [
    "half of its gzip",
    (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(plan).subarray(0, 40)),
  ],
  ["no HTTP", ({ socket }) => socket.end("no HTTP\r\n\r\n")],
])("a plan whose answer is %s is asked for again", async (_, fault) => {
  host.answers["/object/plan"] = (request, response) => {
    host.answers["/object/plan"] = undefined;
    fault(request, response);
  };
  await fetchPlan(hcp, planUrl(), "token", file, signal);

  expect(readFileSync(file, "utf8")).toBe(plan);
});

test("a certificate that nobody knows is said to be what it is", async () => {
  const { lookup } = host.agent.options;
  const stranger = { name: host.host, agent: new Agent({ ...(lookup === undefined ? {} : { lookup }) }) };

  await expect(fetchPlan(stranger, planUrl(), "token", file, signal)).rejects.toThrow(
    `${host.host} has a certificate that is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): NODE_EXTRA_CA_CERTS names`,
  );
});
