import { GithubServer, publicKey } from "../../../support/github-server";

const github = GithubServer.forTests();

const keys = "repos/acme/platform/keys";

test("a deploy key is added once, read and deleted", async () => {
  const made = await github.call("POST", keys, {
    title: "flux",
    key: `${publicKey} someone@somewhere`,
    read_only: true,
  });

  expect([made.status, made.body.key, made.body.read_only]).toEqual([201, publicKey, true]);
  expect((await github.call("POST", keys, { key: publicKey })).body.errors[0].message).toBe("key is already in use");
  expect((await github.call("GET", `${keys}/${made.body.id}`)).body.title).toBe("flux");
  expect((await github.call("DELETE", `${keys}/${made.body.id}`)).status).toBe(204);
  expect((await github.call("GET", `${keys}/${made.body.id}`)).status).toBe(404);
});

test("what is no public key is refused", async () => {
  expect((await github.call("POST", keys, { key: "ssh-rsa nonsense" })).body.errors[0].message).toMatch(
    /^key is invalid/,
  );
});
