import { GithubServer } from "../../../support/github-server";

const github = GithubServer.forTests();

beforeAll(async () => {
  await github.call("POST", "orgs/acme/repos", { name: "fleet", private: true, auto_init: true, description: "" });
});

test("a repository is made as the body says", async () => {
  const made = await github.call("POST", "orgs/acme/repos", {
    name: "vans",
    private: true,
    auto_init: true,
    description: "",
  });

  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ private: true, default_branch: "main", description: null });
  expect((await github.call("POST", "user/repos", { name: "mine" })).body.full_name).toBe("rehearser/mine");
  expect((await github.call("POST", "orgs/nobody/repos", { name: "x" })).status).toBe(404);
});

test("a name is taken whatever its case", async () => {
  const twice = await github.call("POST", "orgs/acme/repos", { name: "Fleet" });

  expect(twice.status).toBe(422);
  expect(twice.body.errors[0].message).toBe("name already exists on this account");
});

test("the visibility that a repository has already is taken", async () => {
  const same = await github.call("PATCH", "repos/acme/fleet", { visibility: "private", archived: false });

  expect([same.status, same.body.visibility]).toEqual([200, "private"]);
  expect((await github.call("PATCH", "repos/acme/fleet", { visibility: "internal" })).status).toBe(422);
});

test("settings of another type, and a default branch that is not there, are refused", async () => {
  expect((await github.call("PATCH", "repos/acme/fleet", { has_wiki: "no" })).status).toBe(422);
  expect((await github.call("PATCH", "repos/acme/fleet", { description: 1 })).status).toBe(422);
  expect((await github.call("PATCH", "repos/acme/fleet", { default_branch: "gone" })).status).toBe(422);
});

test("an answer is not sent twice to who names its ETag", async () => {
  const first = await github.call("GET", "repos/acme/fleet");
  const again = await github.call("GET", "repos/acme/fleet", undefined, {
    authorization: "token secret",
    "if-none-match": first.headers.get("etag") ?? "",
  });

  expect(again.status).toBe(304);
});

test("topics are replaced, and alerts switched", async () => {
  expect((await github.call("PUT", "repos/acme/fleet/topics", { names: ["Bad Topic"] })).status).toBe(422);
  expect((await github.call("PUT", "repos/acme/fleet/topics", { names: ["gitops"] })).body).toEqual({
    names: ["gitops"],
  });
  expect((await github.call("GET", "repos/acme/fleet/vulnerability-alerts")).status).toBe(404);
  expect((await github.call("PUT", "repos/acme/fleet/vulnerability-alerts")).status).toBe(204);
  expect((await github.call("GET", "repos/acme/fleet/vulnerability-alerts")).status).toBe(204);
});

test("a repository is renamed, archived and deleted", async () => {
  expect((await github.call("PATCH", "repos/acme/fleet", { name: "navy", archived: true })).body.name).toBe("navy");
  expect((await github.call("GET", "repos/acme/fleet")).status).toBe(404);
  const refused = await github.call("PUT", "repos/acme/navy/contents/a", { message: "m", content: "" });
  expect([refused.status, refused.body.message]).toEqual([403, "Repository was archived so is read-only."]);
  expect((await github.call("DELETE", "repos/acme/navy")).status).toBe(204);
  expect((await github.call("GET", "repos/acme/navy")).status).toBe(404);
});
