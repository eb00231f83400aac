import { HcpForTests } from "../../../support/hcp";
import { signature, TaskServer } from "../../../support/task-server";

const hcp = HcpForTests.forTests({ archivist: "beside" });
const server = TaskServer.forTests();

const patch = (path: string, type: string, attributes: object, relationships = {}) =>
  hcp.call("PATCH", path, { data: { type, attributes, relationships } });

test("a project is made, renamed and deleted; its tags are its workspaces'", async () => {
  const tags = { "tag-bindings": { data: [{ type: "tag-bindings", attributes: { key: "team", value: "infra" } }] } };
  const project = await hcp.make("organizations/acme/projects", "projects", { name: "platform" }, tags);
  const taken = { data: { type: "projects", attributes: { name: "platform" } } };

  expect((await hcp.call("POST", "organizations/acme/projects", taken)).body.errors[0].detail).toMatch(
    /already been taken/,
  );
  expect((await hcp.call("GET", "organizations/acme/projects?filter[names]=platform")).body.data).toHaveLength(1);
  const renamed = await patch(`projects/${project.id}`, "projects", { name: "platform-two" });
  expect(renamed.body.data.attributes).toMatchObject({ name: "platform-two", "default-execution-mode": "remote" });
  const inProject = { project: { data: { type: "projects", id: project.id } } };
  const { id } = await hcp.make("organizations/acme/workspaces", "workspaces", { name: "inside" }, inProject);
  const [tag] = (await hcp.call("GET", `workspaces/${id}/effective-tag-bindings`)).body.data;
  expect(tag).toMatchObject({
    attributes: { key: "team" },
    links: { "inherited-from": `/api/v2/projects/${project.id}` },
  });
  await patch(`projects/${project.id}`, "projects", { "default-execution-mode": "local" });
  expect((await hcp.call("GET", `workspaces/${id}`)).body.data.attributes["execution-mode"]).toBe("local");
  await hcp.call("DELETE", `workspaces/${id}`);
  expect((await hcp.call("DELETE", `projects/${project.id}`)).status).toBe(204);
});

test.each(["workspaces", "varsets"])(
  "a sensitive variable of %s is never read back, and stays sensitive",
  async (kind) => {
    const owner =
      kind === "varsets"
        ? await hcp.make("organizations/acme/varsets", "varsets", { name: "credentials", global: false })
        : await hcp.workspace("variables");
    const path = kind === "varsets" ? `varsets/${owner.id}/relationships/vars` : `workspaces/${owner.id}/vars`;
    const described = { key: "GITHUB_TOKEN", value: "hidden", category: "env", sensitive: true };
    const made = await hcp.make(path, "vars", described);

    expect(made.attributes.value).toBeNull();
    expect((await hcp.call("GET", `${path}/${made.id}`)).body.data.attributes).toMatchObject({
      sensitive: true,
      value: null,
    });
    expect((await hcp.call("POST", path, { data: { type: "vars", attributes: described } })).status).toBe(422);
    expect((await patch(`${path}/${made.id}`, "vars", { sensitive: false })).status).toBe(422);
    expect((await patch(`${path}/${made.id}`, "vars", { value: "new" })).status).toBe(200);
    expect(JSON.stringify([await hcp.control("GET", "inventory"), await hcp.control("GET", "journal")])).not.toMatch(
      /hidden/,
    );
    expect((await hcp.call("DELETE", `${path}/${made.id}`)).status).toBe(204);
    expect((await hcp.call("GET", path)).body.data).toEqual([]);
  },
);

test("a variable set is given to workspaces, and taken from them", async () => {
  const set = await hcp.make("organizations/acme/varsets", "varsets", { name: "aws", global: false, priority: false });
  const [one, two] = [await hcp.workspace("one"), await hcp.workspace("two")];
  const named = (...ids: readonly string[]) => ({ data: ids.map((id) => ({ type: "workspaces", id })) });
  const path = `varsets/${set.id}/relationships/workspaces`;

  expect((await hcp.call("POST", path, named(one.id, two.id))).status).toBe(204);
  const read = await hcp.call("GET", `varsets/${set.id}?include=workspaces,vars`);
  expect(read.body.data.relationships.workspaces).toEqual(named(one.id, two.id));
  expect(read.body.included).toHaveLength(2);
  expect((await hcp.call("DELETE", path, named(one.id))).status).toBe(204);
  expect((await hcp.call("GET", `workspaces/${one.id}/varsets`)).body.data).toEqual([]);
  expect((await hcp.call("GET", `workspaces/${two.id}/varsets`)).body.data[0].id).toBe(set.id);
  const replaced = await patch(`varsets/${set.id}?include=workspaces`, "varsets", {}, { workspaces: named(one.id) });
  expect(replaced.body.data.relationships.workspaces).toEqual(named(one.id));
  expect((await hcp.call("POST", path, named("ws-unknown"))).status).toBe(404);
  await hcp.call("DELETE", `workspaces/${one.id}`);
  expect((await hcp.call("GET", `varsets/${set.id}`)).body.data.relationships.workspaces.data).toEqual([]);
});

test("an agent pool is used by workspaces, and not deleted meanwhile", async () => {
  const pool = await hcp.make("organizations/acme/agent-pools", "agent-pools", { name: "private" });
  const agent = { "execution-mode": "agent", "agent-pool-id": pool.id };
  const workspace = await hcp.workspace("agents", agent);

  expect(workspace.relationships["agent-pool"].data.id).toBe(pool.id);
  expect((await hcp.call("DELETE", `agent-pools/${pool.id}`)).status).toBe(422);
  await patch(`workspaces/${workspace.id}`, "workspaces", { "execution-mode": "remote", "agent-pool-id": "" });
  expect((await hcp.call("GET", "organizations/acme/agent-pools")).body.data).toHaveLength(1);
  expect((await hcp.call("DELETE", `agent-pools/${pool.id}`)).status).toBe(204);
});

test("a notification is tried when it is enabled, signed, and sent when a run ends", async () => {
  const workspace = await hcp.workspaceWithConfiguration("notified");
  const described = {
    "destination-type": "generic",
    enabled: true,
    name: "alerts",
    token: "key",
    triggers: ["run:errored"],
    url: server.url,
  };
  const subscribable = { data: { type: "workspaces", id: workspace } };
  const path = `workspaces/${workspace}/notification-configurations`;
  const made = await hcp.make(path, "notification-configurations", described, { subscribable });

  expect(made.attributes).toMatchObject({ token: null, "delivery-responses": [{ code: "200", successful: "true" }] });
  expect(made.relationships.subscribable).toEqual(subscribable);
  const [tried] = server.requests;
  expect(tried?.payload.notifications[0].trigger).toBe("verification");
  expect(tried?.headers["x-tfe-notification-signature"]).toBe(signature("key", tried?.body ?? ""));
  await hcp.control("POST", "terraform", { workspace: "notified", plan: { fails: true } });
  const { id } = await hcp.run(workspace);
  expect((await server.next(1)).payload).toMatchObject({ run_id: id, notifications: [{ trigger: "run:errored" }] });

  server.statuses = [404];
  const moved = await patch(`notification-configurations/${made.id}`, "notification-configurations", {
    url: server.url,
  });
  expect(moved.status).toBe(400);
  const wrong = { ...described, triggers: ["run:lost"] };
  expect((await hcp.call("POST", path, { data: { type: "x", attributes: wrong } })).status).toBe(422);
  expect((await hcp.call("DELETE", `notification-configurations/${made.id}`)).status).toBe(204);
});

test("installations of GitHub's app are a user's, and named by the account", async () => {
  const { id } = await hcp.control("POST", "installations", { name: "acme", number: 12 });
  const { token } = await hcp.control("POST", "tokens", { organization: "acme" });

  expect((await hcp.call("GET", "github-app/installations?filter[name]=acme")).body.data).toMatchObject([{ id }]);
  expect((await hcp.call("GET", `github-app/installation/${id}`)).body.data.attributes["installation-id"]).toBe(12);
  expect((await hcp.call("GET", "github-app/installations", undefined, token)).body.data).toEqual([]);
});

test("blobs lie below the same address if that is wanted", async () => {
  const { id } = await hcp.workspace("beside");
  const path = `workspaces/${id}/configuration-versions`;
  const version = await hcp.make(path, "configuration-versions", { speculative: true });

  expect(version.attributes["upload-url"]).toMatch(new RegExp(`^${hcp.hcp.url}/_archivist/v1/object/`));
  expect((await hcp.request("PUT", version.attributes["upload-url"], "x", {})).status).toBe(200);
  expect((await hcp.request("PUT", version.attributes["upload-url"], "x", {})).status).toBe(404);
  const [run] = (await hcp.call("GET", `workspaces/${id}/runs`)).body.data;
  expect((await hcp.until(run.id, "planned_and_finished")).attributes["plan-only"]).toBe(true);
  const download = await hcp.call("GET", `configuration-versions/${version.id}/download`);
  expect([download.status, await (await fetch(download.headers.get("location") ?? "")).text()]).toEqual([302, "x"]);
});
