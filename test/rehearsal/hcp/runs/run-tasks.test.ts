import { HcpForTests, planThatCreates } from "../../../support/hcp";
import { taskStageOf, workspaceWithTask } from "../../../support/hcp-tasks";
import { signature, TaskServer } from "../../../support/task-server";

const entitlements = { "run-task-limit": null, "run-task-mandatory-enforcement-limit": null };
const hcp = HcpForTests.forTests({ entitlements });
const server = TaskServer.forTests();

function callBack(url: string, token: string, attributes: object, outcomes?: readonly object[]) {
  const relationships = outcomes ? { outcomes: { data: outcomes } } : undefined;
  const body = { data: { type: "task-results", attributes, relationships } };
  return hcp.request("PATCH", url, body, { authorization: `Bearer ${token}` });
}

test("a task's address is tried when it is made, with a token that is good for nothing", async () => {
  const before = server.requests.length;
  await workspaceWithTask(hcp, server, "advisory");

  const { headers, body, payload } = await server.next(before);
  expect(payload).toMatchObject({ payload_version: 1, access_token: "test-token", stage: "test" });
  expect(headers["x-tfc-task-signature"]).toBe(signature("key", body));
  server.statuses = [500];
  const attributes = { name: "broken", url: server.url, category: "task" };
  const answer = await hcp.call("POST", "organizations/acme/tasks", { data: { type: "tasks", attributes } });
  expect([answer.status, answer.body.errors[0].detail]).toEqual([422, expect.stringContaining("500")]);
});

test("a run asks its task after the plan, and waits for the result", async () => {
  const workspace = await workspaceWithTask(hcp, server, "mandatory");
  const before = server.requests.length;
  const { id } = await hcp.run(workspace, { message: "why" });

  const { headers, body, payload } = await server.next(before);
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "user-agent": "TFC/1.0 (+https://app.terraform.io; TFC)",
    "x-tfc-task-signature": signature("key", body),
  });
  expect(payload).toMatchObject({
    stage: "post_plan",
    capabilities: { outcomes: true },
    is_speculative: false,
    organization_name: "acme",
    run_id: id,
    run_message: "why",
    task_result_enforcement_level: "mandatory",
    workspace_id: workspace,
  });
  await hcp.until(id, "post_plan_running");

  const token = payload.access_token;
  const headersOfTask = { authorization: `Bearer ${token}` };
  const sent = await hcp.request("GET", payload.plan_json_api_url, undefined, headersOfTask);
  expect(sent.status).toBe(307);
  expect(await (await fetch(sent.headers.get("location") ?? "")).json()).toEqual(planThatCreates);
  expect((await hcp.call("GET", `runs/${id}`, undefined, token)).status).toBe(200);
  expect((await hcp.call("GET", `workspaces/${workspace}`, undefined, token)).status).toBe(404);
  expect((await hcp.call("GET", "organizations/acme", undefined, token)).status).toBe(404);

  const url = payload.task_result_callback_url;
  expect((await callBack(url, "secret", { status: "passed" })).status).toBe(401);
  expect((await callBack(url, token, { status: "done" })).status).toBe(422);
  expect((await callBack(url, token, { status: "running", message: "1 of 2" })).status).toBe(200);
  expect((await taskStageOf(hcp, id)).result).toMatchObject({ status: "running", message: "1 of 2" });
  const outcome = {
    type: "task-result-outcomes",
    attributes: {
      "outcome-id": "R1",
      description: "opens the network",
      body: "# Why",
      tags: { Severity: [{ label: "High", level: "error" }] },
    },
  };
  const link = "https://review.example.com/1";
  expect((await callBack(url, token, { status: "passed", message: "fine", url: link }, [outcome])).status).toBe(200);
  await hcp.until(id, "post_plan_completed");
  const { stage, result } = await taskStageOf(hcp, id);
  expect([stage.status, result]).toEqual(["passed", expect.objectContaining({ status: "passed", url: link })]);
  const [stageId] = (await hcp.call("GET", `runs/${id}/task-stages`)).body.data;
  const results = stageId.relationships["task-results"].data;
  const outcomes = await hcp.call("GET", `task-results/${results[0].id}/outcomes`);
  expect(outcomes.body.data[0].attributes).toMatchObject({ "outcome-id": "R1", tags: outcome.attributes.tags });
  expect((await callBack(url, token, { status: "failed" })).status).toBe(401);
});

test.each([
  ["mandatory", "errored"],
  ["advisory", "post_plan_completed"],
] as const)("what a %s task fails ends as %s", async (level, status) => {
  const workspace = await workspaceWithTask(hcp, server, level);
  const before = server.requests.length;
  const { id } = await hcp.run(workspace);
  const { payload } = await server.next(before);

  await callBack(payload.task_result_callback_url, payload.access_token, { status: "failed", message: "no" });

  const run = await hcp.until(id, status);
  expect(run.attributes.actions["is-confirmable"]).toBe(level === "advisory");
});

test("an outcome with more than 5 MB is refused, and one without a description", async () => {
  const workspace = await workspaceWithTask(hcp, server, "mandatory");
  const before = server.requests.length;
  const { id } = await hcp.run(workspace);
  const { payload } = await server.next(before);
  const send = (attributes: object) => {
    const outcome = { type: "task-result-outcomes", attributes: { "outcome-id": "R1", ...attributes } };
    return callBack(payload.task_result_callback_url, payload.access_token, { status: "running" }, [outcome]);
  };

  expect((await send({ description: "x", body: "x".repeat(5 * 1024 * 1024 + 1) })).status).toBe(422);
  expect((await send({ description: "" })).status).toBe(422);
  expect((await send({ description: "x", tags: { Severity: [{ label: "x", level: "bad" }] } })).status).toBe(422);
  expect((await send({ description: "x", body: "x".repeat(5 * 1024 * 1024) })).status).toBe(200);
  await callBack(payload.task_result_callback_url, payload.access_token, { status: "passed" });
  await hcp.until(id, "post_plan_completed");
});

test("a task off this machine is not asked, and a run that waits for one can be canceled", async () => {
  const workspace = await workspaceWithTask(hcp, server, "advisory", { url: "https://review.example.com/task" });
  const { id } = await hcp.run(workspace);
  await hcp.until(id, "post_plan_completed");
  expect((await taskStageOf(hcp, id)).result.status).toBe("unreachable");

  const waiting = await workspaceWithTask(hcp, server, "mandatory");
  const run = await hcp.run(waiting);
  await hcp.until(run.id, "post_plan_running");
  expect((await hcp.call("POST", `runs/${run.id}/actions/cancel`)).status).toBe(202);
  await hcp.until(run.id, "canceled");
  expect((await taskStageOf(hcp, run.id)).result.status).toBe("canceled");
});

test("the free edition has one task, in ten workspaces", async () => {
  const organization = hcp.hcp.store.organizations.the("acme");
  hcp.hcp.store.organizations.change("acme", {
    entitlements: { ...organization.entitlements, "run-task-limit": 1, "run-task-workspace-limit": 1 },
  });
  const attributes = { name: "second", url: "https://review.example.com", category: "task" };
  const answer = await hcp.call("POST", "organizations/acme/tasks", { data: { type: "tasks", attributes } });
  expect([answer.status, answer.body.errors[0].detail]).toEqual([422, expect.stringContaining("allows 1 run tasks")]);

  const [{ id }] = (await hcp.call("GET", "organizations/acme/tasks")).body.data;
  const { id: workspace } = await hcp.workspace("eleventh");
  const relationships = { task: { data: { type: "tasks", id } } };
  const use = { type: "workspace-tasks", attributes: { "enforcement-level": "advisory" }, relationships };
  expect((await hcp.call("POST", `workspaces/${workspace}/tasks`, { data: use })).status).toBe(422);
});
