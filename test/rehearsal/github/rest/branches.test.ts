import { GithubServer } from "../../../support/github-server";

const github = GithubServer.forTests();

const repository = "repos/acme/platform";
const head = async (branch: string) => (await github.call("GET", `${repository}/git/ref/heads/${branch}`)).body.object;

async function make(name: string): Promise<void> {
  await github.call("POST", `${repository}/git/refs`, { ref: `refs/heads/${name}`, sha: (await head("main")).sha });
}

test("a branch is made and deleted as a reference", async () => {
  const { sha } = await head("main");
  const reference = { ref: "refs/heads/env/one", sha };

  expect((await github.call("POST", `${repository}/git/refs`, reference)).status).toBe(201);
  const again = await github.call("POST", `${repository}/git/refs`, reference);
  expect([again.status, again.body.message]).toEqual([422, "Reference already exists"]);
  expect((await github.call("GET", `${repository}/branches/env%2Fone`)).body.commit.sha).toBe(sha);
  expect((await github.call("DELETE", `${repository}/git/refs/heads/main`)).status).toBe(422);
  expect((await github.call("DELETE", `${repository}/git/refs/heads/env/one`)).status).toBe(204);
  expect((await github.call("GET", `${repository}/branches/env%2Fone`)).status).toBe(404);
});

test("a branch is renamed, with its protection", async () => {
  await make("env/old");
  await github.control("POST", "protect", { repository: "acme/platform", branch: "env/old", rules: true });

  const renamed = await github.call("POST", `${repository}/branches/env%2Fold/rename`, { new_name: "env/new" });

  expect(renamed.status).toBe(201);
  expect(renamed.body).toMatchObject({ name: "env/new", protected: true, commit: { sha: (await head("main")).sha } });
  expect((await github.call("GET", `${repository}/branches/env%2Fold`)).status).toBe(404);
  expect((await github.call("GET", repository)).body.default_branch).toBe("main");
});

test("the default branch follows when it is renamed, for clones too", async () => {
  await github.call("POST", "orgs/acme/repos", { name: "fleet", auto_init: true });

  expect((await github.call("POST", "repos/acme/fleet/branches/main/rename", { new_name: "trunk" })).status).toBe(201);

  expect((await github.call("GET", "repos/acme/fleet")).body.default_branch).toBe("trunk");
  expect(github.git("ls-remote", "--symref", github.at("acme/fleet.git"), "HEAD").stdout).toMatch(
    /^ref: refs\/heads\/trunk\tHEAD/,
  );
  expect((await github.call("PUT", "repos/acme/fleet/contents/a", { message: "m", content: "" })).status).toBe(201);
  const { method, path, branch } = (await github.control("GET", "journal")).at(-2);
  expect([method, path, branch]).toEqual(["POST", "/repos/acme/fleet/branches/main/rename", "trunk"]);
});

test.each([
  ["a branch that is not there", "gone", { new_name: "new" }, 404],
  ["no new name", "main", {}, 422],
  ["the name of another branch", "main", { new_name: "taken" }, 422],
  ["a name that git refuses", "main", { new_name: "a..b" }, 422],
])("a rename of %s is refused", async (_, branch, body, status) => {
  await make("taken");

  expect((await github.call("POST", `${repository}/branches/${branch}/rename`, body)).status).toBe(status);
});
