import { existsSync } from "node:fs";
import { join } from "node:path";

import { GithubServer, run } from "../../support/github-server";

const github = GithubServer.forTests();

test("a second server on the same folder is refused", () => {
  expect(() => run("start", "--owner", "acme", github.state)).toThrow(/already running/);
});

test("a server without an organization is refused", () => {
  expect(() => run("start", `${github.state}-other`)).toThrow(/required option '--owner/);
});

test("what is in it stays over a restart", async () => {
  await github.put("kept.txt", "x");
  github.stop();
  expect(existsSync(join(github.state, "env"))).toBe(false);

  github.start();

  expect((await github.call("GET", "repos/acme/platform/contents/kept.txt")).status).toBe(200);
});
