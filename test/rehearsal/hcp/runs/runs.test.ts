import { HcpForTests, planThatCreates, stateFile } from "../../../support/hcp";

const hcp = HcpForTests.forTests();

const script = (workspace: string, plan: object, apply: object = {}) =>
  hcp.control("POST", "terraform", { workspace, plan, apply });

test("a run without changes is planned and finished", async () => {
  const { id } = await hcp.run(await hcp.workspaceWithConfiguration("unchanged"));

  const run = await hcp.until(id, "planned_and_finished");
  expect(run.attributes).toMatchObject({ "has-changes": false, actions: { "is-confirmable": false } });
});

test("a plan waits for its confirmation, has the workspace meanwhile, and its apply leaves a state", async () => {
  const workspace = await hcp.workspaceWithConfiguration("changed");
  await script("changed", { json: planThatCreates, log: "Plan: 1 to add" }, { state: stateFile(1) });
  const { id } = await hcp.run(workspace, { message: "first" });
  const planned = await hcp.until(id, "planned");
  const second = await hcp.run(workspace);

  expect(planned.attributes.actions).toMatchObject({ "is-confirmable": true, "is-discardable": true });
  const locked = (await hcp.call("GET", `workspaces/${workspace}`)).body.data;
  expect(locked.relationships["locked-by"].data).toEqual({ type: "runs", id });
  expect((await hcp.call("GET", `runs/${second.id}`)).body.data.attributes.status).toBe("pending");
  const plan = (await hcp.call("GET", `runs/${id}?include=plan,workspace`)).body.included[0];
  expect(plan.attributes).toMatchObject({ status: "finished", "resource-additions": 1 });
  const log = await fetch(`${plan.attributes["log-read-url"]}?limit=4&offset=6`);
  expect(await log.text()).toBe("1 to");

  expect((await hcp.call("POST", `runs/${id}/actions/apply`, { comment: "yes" })).status).toBe(202);
  await hcp.until(id, "applied");
  expect((await hcp.call("POST", `runs/${id}/actions/apply`)).status).toBe(409);
  expect((await hcp.call("GET", `workspaces/${workspace}`)).body.data.attributes["resource-count"]).toBe(1);
  await hcp.until(second.id, "planned_and_finished");
});

test("a plan's JSON is one redirect away, at an address that wants no token; who does not administer gets none", async () => {
  const workspace = await hcp.workspaceWithConfiguration("json");
  await script("json", { json: planThatCreates });
  const { id, relationships } = await hcp.run(workspace);
  await hcp.until(id, "planned");
  const path = `plans/${relationships.plan.data.id}/json-output`;
  const { token } = await hcp.control("POST", "tokens", { organization: "acme", permission: "write" });

  const sent = await hcp.call("GET", path);
  expect(sent.status).toBe(307);
  const location = sent.headers.get("location") ?? "";
  expect(new URL(location).host).not.toBe(hcp.hcp.host);
  expect(await (await fetch(location)).json()).toEqual(planThatCreates);
  expect((await hcp.call("GET", path, undefined, token)).status).toBe(404);
});

test("runs that fail, are discarded or canceled free the workspace", async () => {
  const workspace = await hcp.workspaceWithConfiguration("ended");
  await script("ended", { fails: true, log: "Error: no" });
  await hcp.until((await hcp.run(workspace)).id, "errored");

  await script("ended", { json: planThatCreates });
  const discarded = await hcp.run(workspace);
  await hcp.until(discarded.id, "planned");
  expect((await hcp.call("POST", `runs/${discarded.id}/actions/cancel`)).status).toBe(409);
  expect((await hcp.call("POST", `runs/${discarded.id}/actions/discard`)).status).toBe(202);

  await hcp.control("POST", "hold", { status: "planning" });
  const canceled = await hcp.run(workspace);
  await hcp.until(canceled.id, "planning");
  expect((await hcp.call("POST", `runs/${canceled.id}/actions/cancel`)).status).toBe(202);
  await hcp.control("DELETE", "hold");
  expect((await hcp.until(canceled.id, "canceled")).attributes["canceled-at"]).toMatch(/^20/);

  await script("ended", { json: planThatCreates }, { fails: true });
  const failed = await hcp.run(workspace, { "auto-apply": true });
  await hcp.until(failed.id, "errored");
  expect((await hcp.call("GET", `workspaces/${workspace}`)).body.data.attributes.locked).toBe(false);
});

test("a destroy run plans what the state holds away, and leaves an empty state", async () => {
  const workspace = await hcp.workspaceWithConfiguration("destroyed");
  await script("destroyed", { json: planThatCreates }, { state: stateFile(1, 2) });
  await hcp.until((await hcp.run(workspace, { "auto-apply": true })).id, "applied");

  const { id } = await hcp.run(workspace, { "is-destroy": true });
  await hcp.until(id, "planned");
  const plan = (await hcp.call("GET", `runs/${id}?include=plan`)).body.included[0];
  expect(plan.attributes["resource-destructions"]).toBe(2);
  await hcp.call("POST", `runs/${id}/actions/apply`);
  await hcp.until(id, "applied");
  expect((await hcp.call("POST", `workspaces/${workspace}/actions/safe-delete`)).status).toBe(204);
});

test.each([["destroys where that is not allowed", "guarded", { "allow-destroy-plan": false }, { "is-destroy": true }]])(
  "a run that %s is refused",
  async (_, name, settings, attributes) => {
    const workspace = { data: { type: "workspaces", id: await hcp.workspaceWithConfiguration(name, settings) } };

    const answer = await hcp.call("POST", "runs", { data: { type: "runs", attributes, relationships: { workspace } } });
    expect([answer.status, answer.body.errors[0].detail]).toEqual([422, expect.stringContaining("not allowed")]);
  },
);

test("a run needs a configuration, which a workspace of a repository always has", async () => {
  const bare = await hcp.workspace("bare");
  const workspace = { data: { type: "workspaces", id: bare.id } };
  const answer = await hcp.call("POST", "runs", {
    data: { type: "runs", attributes: {}, relationships: { workspace } },
  });
  expect(answer.body.errors[0].detail).toBe("Configuration version is missing");

  const { id } = await hcp.control("POST", "installations", { name: "acme" });
  const repository = { identifier: "acme/platform", "github-app-installation-id": id };
  const { id: connected } = await hcp.workspace("connected", { "vcs-repo": repository });
  await hcp.until((await hcp.run(connected)).id, "planned_and_finished");
});

test("a run that was applied starts one in the workspaces that it triggers", async () => {
  const source = await hcp.workspaceWithConfiguration("source");
  const target = await hcp.workspaceWithConfiguration("target");
  const sourceable = { data: { type: "workspaces", id: source } };
  const trigger = await hcp.make(`workspaces/${target}/run-triggers`, "run-triggers", {}, { sourceable });
  expect(trigger.attributes).toMatchObject({ "workspace-name": "target", "sourceable-name": "source" });

  await script("source", { json: planThatCreates }, { state: stateFile(1) });
  await hcp.until((await hcp.run(source, { "auto-apply": true })).id, "applied");
  const [triggered] = (await hcp.call("GET", `workspaces/${target}/runs`)).body.data;
  expect(triggered.attributes.message).toMatch(/^Triggered automatically from run run-\w+ of source$/);
  const listed = await hcp.call("GET", `workspaces/${source}/run-triggers?filter[run-trigger][type]=outbound`);
  expect(listed.body.data).toHaveLength(1);
  expect((await hcp.call("DELETE", `run-triggers/${trigger.id}`)).status).toBe(204);
});
