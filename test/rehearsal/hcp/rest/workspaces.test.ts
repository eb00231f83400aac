import { createHash } from "node:crypto";

import { HcpForTests, stateFile } from "../../../support/hcp";

const hcp = HcpForTests.forTests();

/** Uploads a state to a workspace as Terraform does: locked, in two steps. */
async function pushState(workspace: string, serial: number, instances = 1) {
  const text = JSON.stringify(stateFile(serial, instances));
  const md5 = createHash("md5").update(text).digest("hex");
  await hcp.call("POST", `workspaces/${workspace}/actions/lock`, { reason: "" });
  const made = await hcp.make(`workspaces/${workspace}/state-versions`, "state-versions", {
    serial,
    md5,
    lineage: "one",
  });
  await hcp.request("PUT", made.attributes["hosted-state-upload-url"], text, {});
  await hcp.call("POST", `workspaces/${workspace}/actions/unlock`);
  return made.id;
}

test("a workspace is made in the organization's mode, read by name and by id, and changed", async () => {
  const made = await hcp.workspace("network", { "queue-all-runs": false, "trigger-patterns": ["/a/**/*"] });

  expect(made.attributes).toMatchObject({
    "execution-mode": "remote",
    operations: true,
    "setting-overwrites": { "execution-mode": false, "agent-pool": false },
    "resource-count": 0,
  });
  const local = { "execution-mode": "local", "setting-overwrites": { "execution-mode": true, "agent-pool": true } };
  const changed = await hcp.call("PATCH", `workspaces/${made.id}`, {
    data: { type: "workspaces", attributes: { ...local, "agent-pool-id": "", "global-remote-state": false } },
  });
  expect(changed.body.data.attributes).toMatchObject({ "execution-mode": "local", operations: false });
  const byName = await hcp.call("GET", "organizations/acme/workspaces/network");
  expect(byName.body).toEqual(changed.body);
  const back = { data: { type: "workspaces", attributes: { "setting-overwrites": { "execution-mode": false } } } };
  expect((await hcp.call("PATCH", `workspaces/${made.id}`, back)).body.data.attributes["execution-mode"]).toBe(
    "remote",
  );
});

test.each([
  ["a name that is taken", { name: "network" }, "Name has already been taken"],
  ["no name", {}, "Name can't be blank"],
  ["a name with a space", { name: "a b" }, /can only include/],
  ["an agent without a pool", { name: "x", "execution-mode": "agent" }, /Agent pool must be specified/],
  ["a pool without an agent", { name: "x", "agent-pool-id": "apool-1" }, /must not be specified/],
  ["a mode that is none", { name: "x", "execution-mode": "cloud" }, /Execution mode/],
  ["a repository of nobody's installation", { name: "x", "vcs-repo": { identifier: "a/b" } }, /VCS repo must have/],
  ["both kinds of triggers", { name: "x", "trigger-patterns": ["a"], "trigger-prefixes": ["b"] }, /together/],
])("%s is refused", async (_, attributes, detail) => {
  const { status, body } = await hcp.call("POST", "organizations/acme/workspaces", {
    data: { type: "workspaces", attributes },
  });

  expect(status).toBe(422);
  expect(body.errors[0]).toMatchObject({ status: "422", title: "invalid attribute" });
  expect(body.errors[0].detail).toEqual(typeof detail === "string" ? detail : expect.stringMatching(detail));
});

test("lists come in pages, by name, project and tag", async () => {
  const project = await hcp.make("organizations/acme/projects", "projects", { name: "platform" });
  for (const name of ["one", "two", "three"]) {
    await hcp.make(
      "organizations/acme/workspaces",
      "workspaces",
      { name: `listed-${name}` },
      {
        project: { data: { type: "projects", id: project.id } },
        "tag-bindings": { data: [{ type: "tag-bindings", attributes: { key: "stage", value: name } }] },
      },
    );
  }

  const page = await hcp.call("GET", "organizations/acme/workspaces?search[name]=listed&page[number]=2&page[size]=2");
  expect(page.body.data.map((one: { attributes: { name: string } }) => one.attributes.name)).toEqual(["listed-two"]);
  expect(page.body.meta.pagination).toMatchObject({ "total-count": 3, "total-pages": 2, "next-page": null });
  const listed = await hcp.call("GET", `organizations/acme/workspaces?filter[project][id]=${project.id}`);
  expect(listed.body.data).toHaveLength(3);
  expect((await hcp.call("GET", "organizations/acme/workspaces?search[tags]=stage")).body.data).toHaveLength(3);
  expect((await hcp.call("DELETE", `projects/${project.id}`)).status).toBe(403);
  const { id } = listed.body.data[0];
  const tagged = await hcp.call("GET", `workspaces/${id}?include=effective_tag_bindings,project`);
  expect(tagged.body.included).toMatchObject([
    { type: "effective-tag-bindings", attributes: { key: "stage" } },
    { type: "projects", attributes: { name: "platform" } },
  ]);
  expect((await hcp.call("GET", `workspaces/${id}?include=nonsense`)).status).toBe(400);
});

test("a lock keeps others out, and says who holds it", async () => {
  const { id } = await hcp.workspace("locked");
  const { token } = await hcp.control("POST", "tokens", { organization: "acme", name: "deployers" });

  expect((await hcp.call("POST", `workspaces/${id}/actions/lock`, { reason: "x" })).body.data.attributes.locked).toBe(
    true,
  );
  const again = await hcp.call("POST", `workspaces/${id}/actions/lock`, {}, token);
  expect([again.status, again.body.errors[0].detail]).toEqual([409, expect.stringContaining("locked by User owner")]);
  const others = await hcp.call("POST", `workspaces/${id}/actions/unlock`, undefined, token);
  expect([others.status, others.body.errors[0].detail]).toEqual([
    409,
    expect.stringContaining("is locked by User owner"),
  ]);
  expect((await hcp.call("POST", `workspaces/${id}/actions/safe-delete`)).body.errors[0].detail).toMatch(/locked/);
  expect((await hcp.call("POST", `workspaces/${id}/actions/unlock`)).body.data.attributes.locked).toBe(false);
  expect((await hcp.call("POST", `workspaces/${id}/actions/unlock`)).status).toBe(409);
});

test("a workspace that manages something is not deleted safely, an empty one is", async () => {
  const { id } = await hcp.workspace("kept");
  await pushState(id, 1);

  expect((await hcp.call("GET", `workspaces/${id}`)).body.data.attributes["resource-count"]).toBe(1);
  const refused = await hcp.call("POST", "organizations/acme/workspaces/kept/actions/safe-delete");
  expect([refused.status, refused.body.errors[0].detail]).toEqual([409, expect.stringContaining("managing resources")]);
  await pushState(id, 2, 0);
  expect((await hcp.call("POST", `workspaces/${id}/actions/safe-delete`)).status).toBe(204);
  expect((await hcp.call("GET", `workspaces/${id}`)).status).toBe(404);
});

test("a state is stored under a lock alone, goes forward, and its outputs are read; a sensitive one by its id", async () => {
  const { id } = await hcp.workspace("state");
  const described = { serial: 1, md5: "x", lineage: "one" };
  const create = (attributes: object) =>
    hcp.call("POST", `workspaces/${id}/state-versions`, { data: { type: "state-versions", attributes } });
  expect((await create(described)).status).toBe(409);
  expect((await hcp.call("GET", `workspaces/${id}/current-state-version`)).status).toBe(404);
  await pushState(id, 2);

  await hcp.call("POST", `workspaces/${id}/actions/lock`, {});
  expect((await create(described)).body.errors[0].detail).toMatch(/serial 1/);
  expect((await create({ ...described, serial: 3, lineage: "other" })).body.errors[0].detail).toMatch(/lineage/);
  expect((await create({ ...described, serial: 3 })).status).toBe(201);
  expect((await hcp.call("POST", `workspaces/${id}/actions/unlock`)).body.errors[0].detail).toMatch(
    /latest state version is still pending/,
  );
  expect((await hcp.call("POST", `workspaces/${id}/actions/force-unlock`)).status).toBe(200);

  const current = await hcp.call("GET", `workspaces/${id}/current-state-version`);
  const url = current.body.data.attributes["hosted-state-download-url"];
  expect((await hcp.request("GET", url, undefined, {})).body.serial).toBe(2);
  const outputs = (await hcp.call("GET", `workspaces/${id}/current-state-version-outputs`)).body.data;
  expect(outputs.map(({ attributes }: { attributes: object }) => attributes)).toEqual([
    { name: "name", sensitive: false, type: "string", "detailed-type": "string", value: "x" },
    { name: "key", sensitive: true, type: "string", "detailed-type": "string", value: null },
    { name: "list", sensitive: false, type: "array", "detailed-type": ["tuple", ["string"]], value: ["a"] },
  ]);
  expect((await hcp.call("GET", `state-version-outputs/${outputs[1].id}`)).body.data.attributes.value).toBe("hidden");
});

test("a run's token reads the state of workspaces that name its own as a consumer, and of no others", async () => {
  const [producer, consumer] = [await hcp.workspace("producer"), await hcp.workspace("consumer")];
  await pushState(producer.id, 1);
  const run = { organization: "acme", kind: "run", workspaces: ["consumer"] };
  const { token } = await hcp.control("POST", "tokens", run);
  const read = async () =>
    (await hcp.call("GET", `workspaces/${producer.id}/current-state-version`, undefined, token)).status;
  const path = `workspaces/${producer.id}/relationships/remote-state-consumers`;

  expect(await read()).toBe(404);
  expect((await hcp.call("POST", path, { data: [{ type: "workspaces", id: consumer.id }] })).status).toBe(204);
  expect(await read()).toBe(200);
  const [named] = (await hcp.call("GET", path)).body.data;
  expect(named.id).toBe(consumer.id);
  expect((await hcp.call("DELETE", path, { data: [{ type: "workspaces", id: consumer.id }] })).status).toBe(204);
  expect(await read()).toBe(404);
  expect((await hcp.call("POST", path, { data: [{ type: "workspaces", id: producer.id }] })).status).toBe(422);
});

test("what a token may not see or do is not found", async () => {
  const { id } = await hcp.workspace("secretive");
  await hcp.workspace("seen");
  const seer = { organization: "acme", workspaces: ["seen"], permission: "read" };
  const { token } = await hcp.control("POST", "tokens", seer);

  expect((await hcp.call("GET", `workspaces/${id}`, undefined, token)).body).toEqual({
    errors: [{ status: "404", title: "not found" }],
  });
  expect((await hcp.call("GET", "organizations/acme/workspaces/seen", undefined, token)).status).toBe(200);
  expect((await hcp.call("GET", "organizations/acme/workspaces", undefined, token)).body.data).toHaveLength(1);
  expect((await hcp.call("POST", `workspaces/${id}/actions/lock`, {}, token)).status).toBe(404);
  const nobody = await hcp.call("GET", "organizations/acme", undefined, "wrong");
  expect([nobody.status, nobody.body]).toEqual([401, { errors: [{ status: "401", title: "unauthorized" }] }]);
  expect((await hcp.call("GET", "organizations/other")).status).toBe(404);
  expect((await hcp.call("GET", "organizations/acme/teams")).status).toBe(501);
});
