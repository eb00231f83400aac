import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "hcp-start-"));
const state = join(folder, "state");
const run = (program: "start" | "stop", ...args: readonly string[]): string =>
  execFileSync(join("rehearsal/hcp", program), args, { encoding: "utf8", stdio: "pipe" });

afterAll(() => {
  run("stop", state);
  rmSync(folder, { recursive: true });
});

/** Returns the status that the stand-in answers to its token, over TLS with its certificate. */
function status(environment: string): Promise<number | undefined> {
  const [url, token] = ["HCP_URL", "TFE_TOKEN"].map((name) => new RegExp(`${name}=(\\S+)`).exec(environment)?.[1]);
  const ca = readFileSync(join(state, "certificate.pem"));
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    request(`${url}/api/v2/organizations/acme`, { ca, headers, agent: false }, ({ statusCode }) => resolve(statusCode))
      .on("error", reject)
      .end();
  });
}

test("it starts once on a folder, with a token that stays, and stops", async () => {
  const environment = run("start", "--organization", "acme", state);
  expect(await status(environment)).toBe(200);
  const credentials = readFileSync(join(state, "terraformrc"), "utf8");
  expect(credentials).toMatch(/^credentials "localhost:\d+" {\n {2}token = "\S+"\n}\n$/);
  expect(() => run("start", "--organization", "acme", state)).toThrow(/already running/);

  run("stop", state);
  expect(existsSync(join(state, "env"))).toBe(false);
  const again = run("start", "--organization", "acme", state);
  expect(await status(again)).toBe(200);
  expect(/TFE_TOKEN=(\S+)/.exec(again)?.[1]).toBe(/TFE_TOKEN=(\S+)/.exec(environment)?.[1]);
});

test("a start without an organization is refused", () => {
  expect(() => run("start", `${state}-other`)).toThrow(/required option '--organization/);
});
