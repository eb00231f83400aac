import { GithubServer } from "../../../support/github-server";

const github = GithubServer.forTests();

test("a file is written as a commit, and read back", async () => {
  const made = await github.put("docs/a%20b.txt", "één\n");
  expect(made.status).toBe(201);

  const read = (await github.call("GET", "repos/acme/platform/contents/docs/a%20b.txt?ref=main")).body;
  expect(Buffer.from(read.content, "base64").toString()).toBe("één\n");
  expect(new URL(read.url).searchParams.get("ref")).toBe("main");
  expect(read.sha).toBe(made.body.content.sha);
  const commit = (await github.call("GET", `repos/acme/platform/commits/${made.body.commit.sha}`)).body;
  expect(commit.commit.message).toBe("Write docs/a%20b.txt");
  expect(commit.files).toMatchObject([{ filename: "docs/a b.txt", status: "added" }]);
  expect((await github.call("GET", "repos/acme/platform/contents/docs")).body).toMatchObject([{ name: "a b.txt" }]);
});

test("a file is replaced by who names its blob", async () => {
  const { sha } = (await github.put("replaced.txt", "old")).body.content;

  expect((await github.put("replaced.txt", "x")).body.message).toBe('Invalid request.\n\n"sha" wasn\'t supplied.');
  const stale = await github.put("replaced.txt", "x", { sha: "deadbeef" });
  expect([stale.status, stale.body.message]).toEqual([409, "replaced.txt does not match deadbeef"]);
  expect((await github.put("replaced.txt", "new", { sha })).status).toBe(200);
});

test("GitHub does not look at the blob's name where there is none", async () => {
  expect((await github.put("new.txt", "x", { sha: "deadbeef" })).status).toBe(201);
});

test("what no branch would take is refused", async () => {
  expect((await github.put("x", "x", { branch: "gone" })).body.message).toBe("Branch gone not found");
  // The client normalises this one before it is sent.
  expect((await github.put("a/../b", "x")).status).toBe(201);
  expect((await github.put("a/.git/b", "x")).status).toBe(422);
  expect((await github.put("x", "x", { content: "***" })).body.message).toBe("content is not valid Base64");
  expect((await github.put("x", "x", { message: undefined })).body.message).toBe(
    'Invalid request.\n\n"message" wasn\'t supplied.',
  );
});

test("a file is removed by who names its blob", async () => {
  const target = "repos/acme/platform/contents/removed.txt";
  const { sha } = (await github.put("removed.txt", "x")).body.content;

  expect((await github.call("DELETE", target, { message: "m" })).status).toBe(422);
  expect((await github.call("DELETE", target, { message: "m", sha: "deadbeef" })).status).toBe(409);
  expect((await github.call("DELETE", target, { message: "m", sha })).status).toBe(200);
  expect((await github.call("GET", target)).status).toBe(404);
});

test("an empty repository takes its first commit from the contents call", async () => {
  await github.call("POST", "orgs/acme/repos", { name: "empty" });

  expect((await github.call("GET", "repos/acme/empty/contents/a")).body.message).toBe("This repository is empty.");
  expect((await github.call("GET", "repos/acme/empty/git/ref/heads/main")).status).toBe(409);
  const first = { message: "m", content: "", branch: "trunk" };
  expect((await github.call("PUT", "repos/acme/empty/contents/a", first)).status).toBe(201);
  expect((await github.call("GET", "repos/acme/empty")).body.default_branch).toBe("trunk");
});

test("writes that overlap on one branch conflict", async () => {
  const results = await Promise.all([...Array(8).keys()].map((n) => github.put(`race/${n}`, String(n))));

  const lost = results.filter(({ status }) => status === 409);
  expect(results.filter(({ status }) => status === 201)).toHaveLength(8 - lost.length);
  expect(lost.length).toBeGreaterThan(0);
  for (const { body } of lost) {
    expect(body.message).toMatch(/^is at [0-9a-f]{40} but expected [0-9a-f]{40}$/);
  }
  const { repositories } = await github.control("GET", "inventory");
  const { files } = repositories.find(({ full_name }: { full_name: string }) => full_name === "acme/platform");
  expect(files.filter((file: string) => file.startsWith("race/"))).toHaveLength(8 - lost.length);
});

test("a protected branch refuses contents", async () => {
  const protect = (rule: object) =>
    github.control("POST", "protect", { repository: "acme/platform", branch: "main", ...rule });

  await protect({ checks: ["ci"] });
  const refused = await github.put("blocked.txt", "x");
  expect([refused.status, refused.body.message]).toEqual([
    409,
    'Could not create file: Required status check "ci" is expected.',
  ]);
  await protect({ checks: ["ci", "lint"] });
  expect((await github.put("blocked.txt", "x")).body.message).toBe(
    "Could not create file: 2 of 2 required status checks are expected.",
  );
  await protect({ rules: true });
  expect((await github.put("blocked.txt", "x")).body.message).toMatch(/^Repository rule violations found/);
  await protect({});
  expect((await github.put("blocked.txt", "x")).status).toBe(201);
});
