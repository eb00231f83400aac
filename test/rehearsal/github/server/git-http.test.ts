import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { GithubServer } from "../../../support/github-server";

const github = GithubServer.forTests();

const open = () => github.at("acme/platform.git");
const withToken = () => open().replace("://", "://x-access-token:secret@");
const commit = (...options: readonly string[]) =>
  github.git("-C", "work", "-c", "user.name=n", "-c", "user.email=n@localhost", "commit", "-q", ...options);
const push = (url: string) => github.git("-C", "work", "push", "-q", url, "main");

beforeAll(() => {
  expect(github.git("clone", "-q", open(), "work").status).toBe(0);
});

test("who has the token pushes, which the journal tells", async () => {
  writeFileSync(join(github.folder, "work", "pushed.txt"), "hello\n");
  github.git("-C", "work", "add", ".");
  commit("-m", "by hand");

  expect(push(open()).status).not.toBe(0);
  expect(push(withToken()).status).toBe(0);
  expect((await github.call("GET", "repos/acme/platform/contents/pushed.txt")).status).toBe(200);
  const last = (await github.control("GET", "journal")).at(-1);
  expect([last.method, last.branch]).toEqual(["PUSH", "main"]);
  expect(last.commit).toBe(github.git("-C", "work", "rev-parse", "HEAD").stdout.trim());
});

test("a private repository is read with the token alone", async () => {
  await github.call("PATCH", "repos/acme/platform", { visibility: "private" });

  expect(github.git("ls-remote", open()).status).not.toBe(0);
  expect(github.git("ls-remote", withToken()).status).toBe(0);
  expect(github.git("ls-remote", withToken().replace("platform", "absent")).stderr).toMatch(/not found/);
});

test("a protected branch refuses pushes", async () => {
  await github.control("POST", "protect", { repository: "acme/platform", branch: "main", checks: ["ci"] });
  commit("-m", "again", "--allow-empty");

  expect(push(withToken()).stderr).toMatch(/GH006: Protected branch update failed for refs\/heads\/main/);
});
