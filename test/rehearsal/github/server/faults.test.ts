import { GithubServer, publicKey } from "../../../support/github-server";

const github = GithubServer.forTests();

const fail = (fault: object) => github.control("POST", "fail", fault);

/** The last entries of the journal: the end of the path, the status, the fault, and whether there was a commit. */
async function journal(count: number) {
  const entries: Record<string, string>[] = await github.control("GET", "journal");
  return entries.slice(-count).map(({ path, status, fault, commit }) => [path?.slice(-7), status, fault, !!commit]);
}

test("faults hit the calls that they name, and the journal tells them", async () => {
  await fail({ method: "PUT", path: "/contents/fault", skip: 1, times: 1, status: 502 });
  expect((await github.put("fault/0", "x")).status).toBe(201);
  expect((await github.put("fault/1", "x")).status).toBe(502);
  expect((await github.put("fault/2", "x")).status).toBe(201);
  await fail({ path: "/contents/fault/3", close: true, after: true });
  await expect(github.put("fault/3", "x")).rejects.toThrow();
  expect((await github.call("GET", "repos/acme/platform/contents/fault/3")).status).toBe(200);

  expect(await github.control("GET", "fail")).toEqual([]);
  expect(await journal(4)).toEqual([
    ["fault/0", 201, undefined, true],
    ["fault/1", undefined, 502, false],
    ["fault/2", 201, undefined, true],
    ["fault/3", 201, "close", true],
  ]);
});

test("a call is held up", async () => {
  await fail({ path: "/user", delay: 200 });
  const began = Date.now();

  expect((await github.call("GET", "user")).status).toBe(200);
  expect(Date.now() - began).toBeGreaterThanOrEqual(190);
});

test.each<[string, { method: string; path: string; body: object; seen: string; twice: number }]>([
  [
    "a repository",
    {
      method: "POST",
      path: "orgs/acme/repos",
      body: { name: "lost", auto_init: true },
      seen: "repos/acme/lost",
      twice: 422,
    },
  ],
  [
    "the rename of a branch",
    {
      method: "POST",
      path: "repos/acme/lost/branches/main/rename",
      body: { new_name: "trunk" },
      seen: "repos/acme/lost/branches/trunk",
      twice: 404,
    },
  ],
  [
    "a deploy key",
    {
      method: "POST",
      path: "repos/acme/lost/keys",
      body: { title: "Flux", key: publicKey },
      seen: "repos/acme/lost/keys",
      twice: 422,
    },
  ],
  [
    "a file",
    {
      method: "PUT",
      path: "repos/acme/lost/contents/a.txt",
      body: { message: "m", content: "" },
      seen: "repos/acme/lost/contents/a.txt",
      twice: 422,
    },
  ],
])("%s is made and its answer lost, so that a second call finds it made", async (_, create) => {
  const { method, path, body, seen, twice } = create;
  await fail({ method, path: `/${path}$`, status: 502, after: true });

  expect((await github.call(method, path, body)).status).toBe(502);
  expect((await github.call("GET", seen)).body).not.toEqual([]);
  expect((await github.call("GET", seen)).status).toBe(200);
  expect((await github.call(method, path, body)).status).toBe(twice);
  const [lost] = (await github.control("GET", "journal")).slice(-2);
  expect([lost.path, lost.status, lost.fault]).toEqual([`/${path}`, 201, 502]);
});

test.each([
  ["does nothing", { path: "/user" }],
  ["has a field that none has", { status: 502, afer: true }],
  ["names no regular expression", { status: 502, path: "(" }],
])("a fault that %s is refused", async (_, fault) => {
  expect((await github.call("POST", "_rehearsal/fail", fault)).status).toBe(422);
  expect(await github.control("GET", "fail")).toEqual([]);
});
