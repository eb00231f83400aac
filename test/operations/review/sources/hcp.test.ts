import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { errorReport } from "../../../../operations/command/report-error";
import { apiOf } from "../../../../operations/hcp/api";
import { plansOfRuns } from "../../../../operations/review/sources/hcp";

const token = "user.atlasv1.never-to-be-shown";
const json = JSON.stringify({ format_version: "1.2", terraform_version: "1.11.4", resource_changes: [] });

/** What a server answers to a path; what it is not told of is not there. */
type Answers = Record<string, { status?: number; headers?: Record<string, string>; body?: string }>;

const servers: Server[] = [];
const seen: IncomingMessage[] = [];

beforeEach(() => {
  seen.length = 0;
});

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A server on a port of its own, which is another origin to every other. */
async function serve(answers: Answers): Promise<URL> {
  const server = createServer((request, response) => {
    seen.push(request);
    const { status = 200, headers = {}, body = "" } = answers[request.url ?? ""] ?? { status: 404 };
    response.writeHead(status, { connection: "close", ...headers }).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2/`);
}

/** A run as the API describes it (https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run). */
function run(id: string, statuses: { run?: string; plan?: string } = {}): Answers {
  const body = JSON.stringify({
    data: {
      id,
      type: "runs",
      attributes: { status: statuses.run ?? "planned" },
      relationships: { plan: { data: { id: `plan-${id}`, type: "plans" } } },
    },
    included: [
      { id: `plan-${id}`, type: "plans", attributes: { status: statuses.plan ?? "finished" } },
      { id: "ws-1", type: "workspaces", attributes: { name: "demo-network" } },
    ],
  });
  return { [`/api/v2/runs/${id}?include=plan,workspace`]: { body } };
}

async function hcpWith(answers: Answers) {
  return { api: await serve(answers), token };
}

test("a plan is read from where the API redirects to, which never sees the token", async () => {
  const archive = await serve({ "/object/1": { body: json } });
  const redirect = { status: 307, headers: { location: new URL("/object/1", archive).href } };
  const hcp = await hcpWith({ ...run("run-1"), "/api/v2/plans/plan-run-1/json-output": redirect });

  const { plans } = await plansOfRuns(hcp, ["run-1"], []);

  expect(plans.map(({ stack }) => stack)).toEqual(["demo-network"]);
  expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ["/api/v2/runs/run-1?include=plan,workspace", `Bearer ${token}`],
    ["/api/v2/plans/plan-run-1/json-output", `Bearer ${token}`],
    ["/object/1", undefined],
  ]);
});

test.each([
  [{ run: "planning", plan: "running" }, /is running; try again/],
  [{ run: "errored", plan: "errored" }, /is errored; its page/],
  [{ run: "canceled", plan: "canceled" }, /is canceled; its page/],
])("a run %p is told as one without a plan", async (statuses, words) => {
  const hcp = await hcpWith(run("run-1", statuses));

  expect(await plansOfRuns(hcp, ["run-1"], [])).toEqual({
    plans: [],
    problems: [{ stack: "demo-network", kind: "failed", what: expect.stringMatching(words) }],
  });
});

test("the plan of a run whose apply failed is read", async () => {
  const hcp = await hcpWith({
    ...run("run-1", { run: "errored" }),
    "/api/v2/plans/plan-run-1/json-output": { body: json },
  });

  expect((await plansOfRuns(hcp, ["run-1"], [])).plans).toHaveLength(1);
});

const output = "/api/v2/plans/plan-run-1/json-output";

test.each<[string, Answers, RegExp]>([
  ["a token that is not known", { "/api/v2/runs/run-1?include=plan,workspace": { status: 401 } }, /does not know the/],
  ["a run that is not there", {}, /has no run 'run-1', or none that this token may see/],
  ["a plan that the token may not read", run("run-1"), /administers the workspace/],
  [
    "a plan that is not JSON yet",
    { ...run("run-1"), [output]: { status: 204 } },
    /not yet as JSON\n {2}next: try again/,
  ],
  ["a server in trouble", { ...run("run-1"), [output]: { status: 502 } }, /answers 502 to \/api\/v2\/plans/],
  [
    "a login page",
    { "/api/v2/runs/run-1?include=plan,workspace": { body: "<html>" } },
    /does not answer as HCP Terraform/,
  ],
  ["something else than a plan", { ...run("run-1"), [output]: { body: "{}" } }, /demo-network: this JSON is no plan/],
])("%s is told in words, without the token", async (_, answers, words) => {
  const failure = await plansOfRuns(await hcpWith(answers), ["run-1"], []).catch((error: Error) => error);

  const { text } = errorReport(failure);
  expect(text).toMatch(words);
  expect(text).toMatch(/^ {2}next: ./m);
  expect(text).not.toContain(token);
});

test("what is no id of a run is not asked for", async () => {
  const hcp = await hcpWith({});

  await expect(plansOfRuns(hcp, ["../../account/details"], [])).rejects.toThrow("is no run");
  expect(seen).toEqual([]);
});

test("a token that cannot be sent is not shown either", async () => {
  const { api } = await hcpWith({});
  const failure = await plansOfRuns({ api, token: `${token}\n` }, ["run-1"], []).catch((error: Error) => error);

  expect(failure).toMatchObject({ message: expect.stringMatching(/line end/) });
  expect(String(failure)).not.toContain(token);
});

test("a host that cannot be reached is named, with what is wrong", async () => {
  const { origin, host } = await serve({});
  await new Promise((resolve) => servers.pop()?.close(resolve));

  await expect(apiOf(origin)).rejects.toThrow(`${host} cannot be reached: connect ECONNREFUSED`);
});

test.each([
  ["/api/v2/", "/api/v2/"],
  ["/api/v2", "/api/v2/"],
  ["https://app.example.com/v2/", "https://app.example.com/v2/"],
])("the API is where the host says: %s", async (named, expected) => {
  const origin = await serve({ "/.well-known/terraform.json": { body: JSON.stringify({ "tfe.v2": named }) } });

  expect(await apiOf(origin.origin)).toEqual(new URL(expected, origin));
});

test("a host that offers no HCP Terraform is told from one that does", async () => {
  const { origin } = await serve({ "/.well-known/terraform.json": { body: '{"modules.v1": "/v1/modules/"}' } });

  await expect(apiOf(origin)).rejects.toMatchObject({
    message: expect.stringContaining("is no HCP Terraform"),
    next: expect.stringContaining("--hcp-host"),
  });
});
