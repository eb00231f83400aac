import { readFileSync } from "node:fs";
import { join } from "node:path";

import { GithubServer } from "../../support/github-server";
import { GithubTerraform } from "../../support/github-terraform";

// The real provider against the server: needs Terraform, and the provider from the registry or a mirror (TF_CLI_CONFIG_FILE).
const github = GithubServer.forTests("--private");
const existing = new GithubTerraform(github, "existing");
const unordered = new GithubTerraform(github, "existing", "unordered", (text) =>
  text.replaceAll(/^ *depends_on .*\n/gm, ""),
);
const made = new GithubTerraform(github, "made");

beforeAll(() => {
  for (const configuration of [existing, unordered, made]) {
    configuration.init();
  }
});

const retried = [409, 500, 502, 503, 504];
const fail = (fault: object) => github.control("POST", "fail", fault);
const journal = (): Promise<Record<string, string | number>[]> => github.control("GET", "journal");
const repository = async (name: string): Promise<unknown> =>
  (await github.control("GET", "inventory")).repositories.find(
    ({ full_name }: { full_name: string }) => full_name === `acme/${name}`,
  );

test.each([{}, { write_delay_ms: 100 }])(
  "apply, no drift, one change, no drift, clone, destroy: %j",
  async (settings) => {
    existing.apply({ settings });
    expect(existing.plan()).toMatchObject({ found: "nothing" });
    expect(existing.apply({ marker: "second" })).toMatch(/0 added, 1 changed, 0 destroyed/);
    expect(existing.plan({ marker: "second" })).toMatchObject({ found: "nothing" });

    const clone = `clone-${Object.keys(settings).length}`;
    expect(github.git("clone", "-q", github.at("acme/platform.git").replace("://", "://x:secret@"), clone).status).toBe(
      0,
    );
    const wanted = existing.evaluate("local.contents", { marker: "second" });
    const file = (n: number) => readFileSync(join(github.folder, clone, `clusters/rehearsal/f${n}.yaml`), "utf8");
    expect([...Array(8).keys()].map(file)).toEqual(wanted);

    existing.destroy({ settings });
    expect(await repository("platform")).toMatchObject({ files: ["README.md"], keys: [] });
    expect(await repository("fleet")).toBeUndefined();
  },
);

test("one conflict ends the apply, unless 409 is among retryable_errors", async () => {
  const fault = { method: "PUT", path: "/contents/", skip: 2, status: 409, message: "is at 1 but expected 2" };
  await fail(fault);
  expect(existing.applyAndFail()).toMatch(/409 is at 1 but expected 2/);
  expect(existing.filesInState()).toBe(2);
  existing.apply();
  expect(existing.filesInState()).toBe(8);
  existing.destroy();

  const before = (await journal()).length;
  await fail(fault);
  existing.apply({ settings: { write_delay_ms: 100, retryable_errors: retried } });
  const writes = (await journal())
    .slice(before)
    .filter(({ method, path }) => method === "PUT" && String(path).includes("/contents/"));
  expect(writes.map(({ fault: hit, status }) => hit ?? status)).toEqual([201, 201, 409, 201, 201, 201, 201, 201, 201]);
});

test("an error on reading ends the plan and leaves the state alone; a 404 plans a new file", async () => {
  existing.apply();
  const read = { method: "GET", path: "/contents/.*f3" };
  await fail({ ...read, status: 403, message: "Resource not accessible" });
  expect(existing.plan()).toMatchObject({
    found: "an error",
    text: expect.stringMatching(/403 Resource not accessible/),
  });
  // The provider repeats what fails with 502.
  await fail({ ...read, status: 502 });
  expect(existing.plan()).toMatchObject({ found: "nothing" });
  await fail({ ...read, status: 404 });
  expect(existing.plan()).toMatchObject({ found: "changes" });
  expect(existing.filesInState()).toBe(8);
});

test("a commit whose answer is lost: this apply fails, the next one mends it", async () => {
  existing.apply();
  await fail({ method: "PUT", path: "/contents/.*f0", status: 502, after: true });
  expect(existing.applyAndFail({ marker: "third" })).toMatch(/409 clusters\/rehearsal\/f0.yaml does not match/);
  existing.apply({ marker: "third" });
  expect(existing.plan({ marker: "third" })).toMatchObject({ found: "nothing" });
  existing.destroy();
});

test("files without an order: safe behind the lock of the legacy client, not with parallel requests", () => {
  unordered.apply();
  unordered.destroy();
  for (const settings of [{ write_delay_ms: 100, parallel_requests: true }, { legacy_client: false }]) {
    expect(unordered.applyAndFail({ settings })).toMatch(/409 is at [0-9a-f]{40} but expected [0-9a-f]{40}/);
    unordered.destroy();
  }
});

test("a repository is made, its branch renamed though the answer is lost once, and in the end it is archived", async () => {
  await fail({ method: "POST", path: "/branches/main/rename", status: 502, after: true });
  expect(made.applyAndFail()).toMatch(/404 Branch not found/);
  made.apply();
  expect(made.plan()).toMatchObject({ found: "nothing" });
  expect(await repository("made")).toMatchObject({
    default_branch: "trunk",
    files: ["README.md", "clusters/rehearsal/file.yaml"],
    keys: [{ title: "flux", read_only: true }],
  });

  made.destroy();
  expect(await repository("made")).toMatchObject({
    archived: true,
    visibility: "private",
    files: ["README.md"],
    keys: [],
  });
  await github.call("DELETE", "repos/acme/made");
});

test.each([
  ["repository", "/orgs/acme/repos", /422 Repository creation failed/],
  ["deploy key", "/keys", /422 Validation Failed.*key is already in use/s],
])("a %s whose answer is lost is in the way of every later apply", async (_, path, words) => {
  await fail({ method: "POST", path: `${path}$`, status: 502, after: true });
  expect(made.applyAndFail()).toMatch(words);
  expect(made.applyAndFail()).toMatch(words);
  await github.call("DELETE", "repos/acme/made");
  made.destroy();
});
