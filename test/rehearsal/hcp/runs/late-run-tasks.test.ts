import { HcpForTests, planThatCreates } from "../../../support/hcp";
import { taskStageOf, workspaceWithTask } from "../../../support/hcp-tasks";
import { TaskServer } from "../../../support/task-server";

const entitlements = { "run-task-limit": null, "run-task-mandatory-enforcement-limit": null };
const hcp = HcpForTests.forTests({ entitlements, taskTimeout: 500, taskRetryDelay: 10 });
const server = TaskServer.forTests();

test("a task that does not answer 200 is asked again, and then its run errs; so does one that sends no result in time", async () => {
  const workspace = await workspaceWithTask(hcp, server, "mandatory");
  server.statuses = [503, 503];
  const before = server.requests.length;
  const { id } = await hcp.run(workspace);

  const { payload } = await server.next(before + 2);
  expect(payload.run_id).toBe(id);
  await hcp.until(id, "errored");
  expect((await taskStageOf(hcp, id)).result).toMatchObject({
    status: "errored",
    message: expect.stringContaining("in time"),
  });

  const { name } = (await hcp.call("GET", `workspaces/${workspace}`)).body.data.attributes;
  await hcp.control("POST", "terraform", { workspace: name, plan: { json: planThatCreates } });
  server.statuses = [500, 500, 500];
  const second = await hcp.run(workspace);
  await hcp.until(second.id, "errored");
  expect((await taskStageOf(hcp, second.id)).result.message).toContain("did not answer 200");
});

test("a workspace goes with a run that asks its task, whose result comes too late for anything", async () => {
  const workspace = await workspaceWithTask(hcp, server, "mandatory");
  const before = server.requests.length;
  const run = await hcp.run(workspace);
  const { payload } = await server.next(before);
  expect((await hcp.call("DELETE", `workspaces/${workspace}`)).status).toBe(204);
  const authorization = `Bearer ${payload.access_token}`;
  const late = await hcp.request("PATCH", payload.task_result_callback_url, {}, { authorization });
  expect(late.status).toBe(401);
  // Past the time that a task has.
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await hcp.call("GET", `runs/${run.id}`)).status).toBe(404);
});
