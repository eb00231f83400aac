import { HcpForTests } from "../../../support/hcp";

const hcp = HcpForTests.forTests();

const fail = (fault: object) => hcp.control("POST", "fail", fault);
const named = (name: string) => ({ data: { type: "workspaces", attributes: { name } } });
const workspaces = "organizations/acme/workspaces";

test("faults hit the calls that they name, by paths without the API's prefix, and the journal tells them", async () => {
  await fail({ method: "POST", path: "^/organizations/acme/workspaces$", skip: 1, status: 500 });
  expect((await hcp.call("POST", workspaces, named("one"))).status).toBe(201);
  const hit = await hcp.call("POST", workspaces, named("two"));
  expect([hit.status, hit.body]).toEqual([500, { errors: [{ status: "500", title: "Internal Server Error" }] }]);
  expect((await hcp.call("GET", `${workspaces}/two`)).status).toBe(404);

  const [made, struck] = (await hcp.control("GET", "journal")).slice(-2);
  expect(made).toMatchObject({ method: "POST", status: 201, organization: "acme", workspace: "one", by: "owner" });
  expect(made.resource).toMatch(/^workspaces ws-\w{16}$/);
  expect(struck).toMatchObject({ fault: 500 });
  expect(struck.status).toBeUndefined();
});

test("a workspace is made and its answer lost, so that a second call finds its name taken", async () => {
  await fail({ method: "POST", path: "/workspaces$", close: true, after: true });
  await expect(hcp.call("POST", workspaces, named("lost"))).rejects.toThrow();

  expect((await hcp.call("POST", workspaces, named("lost"))).body.errors[0].detail).toBe("Name has already been taken");
  const [lost] = (await hcp.control("GET", "journal")).slice(-2);
  expect(lost).toMatchObject({ status: 201, fault: "close", workspace: "lost" });
});

test("a call is held up", async () => {
  await fail({ path: "/entitlement-set", delay: 200 });
  const began = Date.now();

  expect((await hcp.call("GET", "organizations/acme/entitlement-set")).status).toBe(200);
  expect(Date.now() - began).toBeGreaterThanOrEqual(190);
});

test.each([
  ["fail", { path: "/ping" }, "a fault needs status, close or delay"],
  ["fail", { status: 500, afer: true }, /afer/],
  ["tokens", { organization: "acme", workspaces: ["nowhere"] }, "there is no workspace 'nowhere'"],
  ["nonsense", {}, "there is no control 'POST nonsense'"],
])("control %s with %j is refused", async (call, body, words) => {
  const { errors } = await hcp.control("POST", call, body);

  expect(errors[0]).toEqual({ status: "422", title: expect.stringMatching(words) });
});

test("discovery and ping are what Terraform asks first", async () => {
  const document = await hcp.request("GET", `${hcp.hcp.url}/.well-known/terraform.json`, undefined, {});
  expect([document.headers.get("content-type"), document.body["tfe.v2.1"]]).toEqual(["application/json", "/api/v2/"]);
  const ping = await hcp.call("GET", "ping");
  expect([ping.status, ping.headers.get("tfp-api-version"), ping.headers.get("tfp-appname")]).toEqual([
    204,
    "2.6",
    "HCP Terraform",
  ]);
  expect((await hcp.call("GET", "ping", undefined, "wrong")).status).toBe(401);
});

test("what is in it stays over a restart, and a run goes on", async () => {
  const workspace = await hcp.workspaceWithConfiguration("kept");
  await hcp.control("POST", "hold", { status: "planning" });
  const { id } = await hcp.run(workspace);
  await hcp.until(id, "planning");

  await hcp.stop();
  await hcp.start();

  await hcp.until(id, "planned_and_finished");
  expect((await hcp.call("GET", `${workspaces}/kept`)).body.data.id).toBe(workspace);
});
