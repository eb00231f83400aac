import { GithubServer } from "../../../support/github-server";

const github = GithubServer.forTests();

test("every call needs the token", async () => {
  expect((await github.call("GET", "user", undefined, {})).status).toBe(401);
  expect((await github.call("GET", "user", undefined, { authorization: "Bearer other" })).body.message).toBe(
    "Bad credentials",
  );
});

test("a user and organizations have accounts, and nobody else", async () => {
  const user = await github.call("GET", "api/v3/user");

  expect(user.body.login).toBe("rehearser");
  expect(user.headers.get("x-ratelimit-limit")).toBe("5000");
  expect((await github.call("GET", "orgs/acme")).body.type).toBe("Organization");
  expect((await github.call("GET", "orgs/rehearser")).status).toBe(404);
  expect((await github.call("GET", "repos/other/platform")).status).toBe(404);
});

test("a call that is not modelled is told from something that is not there", async () => {
  expect((await github.call("GET", "repos/acme/platform/issues")).status).toBe(501);
});

test("a body that is no JSON object is refused", async () => {
  expect((await github.call("POST", "orgs/acme/repos", ["fleet"])).status).toBe(400);
});
